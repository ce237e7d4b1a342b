import { describe, expect, it } from 'vitest';
import { planBuild } from '../../lambdas/domain/build-plan.ts';
import { compileSilver } from '../../lambdas/domain/compile-silver.ts';
import { appendedFingerprint, partitionFingerprint, tableFingerprint } from '../../lambdas/domain/fingerprint.ts';
import type { Model } from '../../lambdas/domain/model.ts';
import type { Slice, TableName, TableVersion } from '../../lambdas/domain/table.ts';
import { contract } from '../support/contract.ts';

const events = compileSilver('sales_line', [
  contract({
    columns: [
      { name: 'id', type: 'varchar', description: 'Id' },
      { name: 'day', type: 'date', description: 'Day', required: true },
    ],
    partition: { name: 'month', month_of: 'day' },
    references: [{ column: 'id', table: 'customer', to: 'id', reason: 'UNKNOWN_CUSTOMER' }],
  }),
]);

const slice = (id: string, month: string | null, fingerprint = id): Slice => ({
  id,
  partition: month === null ? {} : { month },
  runId: 'r',
  columns: [],
  files: [],
  rows: 1,
  bytes: 1,
  nulls: {},
  fingerprint,
});

const version = (table: TableName, slices: Slice[]): [TableName, TableVersion] => [
  table,
  { table, columns: [], partitionBy: [], slices },
];

function context(bronze: Slice[], customer: Slice[]) {
  return {
    inputs: new Map([version('bronze.sales_line', bronze), version('silver.customer', customer)]),
    parameters: 'p',
  };
}

const january = slice('b1', '2025-01');
const february = slice('b2', '2025-02');
const customers = slice('c1', null);

function built(bronze: Slice[], customer: Slice[], waiting: string[] = []) {
  const now = context(bronze, customer);
  const months = [...new Set(bronze.map((one) => one.partition.month ?? ''))];
  const print = (month: string) => partitionFingerprint(events, now, `month=${month}`, waiting.includes(month));
  return new Map([
    version(
      'silver.sales_line',
      months.map((month) => slice(`s${month}`, month, print(month))),
    ),
    version(
      'quarantine.silver_sales_line',
      waiting.map((month) => slice(`q${month}`, month, print(month))),
    ),
  ]);
}

const versions: Model = {
  ...compileSilver('visit', [contract({ table: 'visit' })]),
  table: 'silver.visit_version',
  inputs: ['bronze.visit'],
  appendsFrom: 'bronze.visit',
};

const extracted = (...slices: Slice[]) => ({ inputs: new Map([version('bronze.visit', slices)]), parameters: 'p' });

const appended = (id: string, ...sources: Slice[]): Slice => ({
  ...slice(id, null, appendedFingerprint(versions, extracted(), sources)),
  sources: sources.map((source) => source.id),
});

const earlier = (...slices: Slice[]) => new Map([version('silver.visit_version', slices)]);

describe('planning what to append', () => {
  const [first, second, third] = [slice('x1', null), slice('x2', null), slice('x3', null)];

  it('reads the new slices of the source in one build and keeps what the others became', () => {
    const plan = planBuild(versions, extracted(first, second, third), earlier(appended('v1', first)), false);
    expect(plan.compute).toBe('whole');
    expect(plan.keep.map(({ id }) => id)).toEqual(['v1']);
    expect(plan.sources).toEqual([second, third]);
    expect(plan.inputs.map(({ slices }) => slices)).toEqual([[second, third]]);
  });

  it('computes nothing when no slice is new, in whatever order they come', () => {
    const before = earlier(appended('v1', first, second), appended('v2', third));
    const plan = planBuild(versions, extracted(third, second, first), before, false);
    expect(plan).toMatchObject({ compute: [], inputs: [] });
    expect(plan.keep.map(({ id }) => id)).toEqual(['v1', 'v2']);
    expect(planBuild(versions, extracted(), new Map(), false)).toMatchObject({ compute: [], keep: [] });
  });

  it('reads a slice again when one that was computed with it is gone', () => {
    const before = earlier(appended('v1', first, second), appended('v2', third));
    const plan = planBuild(versions, extracted(first, third), before, false);
    expect(plan.keep.map(({ id }) => id)).toEqual(['v2']);
    expect(plan.sources).toEqual([first]);
  });

  it('reads everything again when the text changed, a slice was replaced, or a rebuild is wanted', () => {
    const before = earlier(appended('v1', first));
    const other = { ...versions, sql: `${versions.sql} ` };
    expect(planBuild(other, extracted(first), before, false)).toMatchObject({ keep: [], sources: [first] });
    const replaced = { ...first, fingerprint: 'other' };
    expect(planBuild(versions, extracted(replaced), before, false)).toMatchObject({ keep: [], sources: [replaced] });
    expect(planBuild(versions, extracted(first), before, true)).toMatchObject({ keep: [], sources: [first] });
  });

  it('keeps no slice that does not say what it was computed from', () => {
    const whole = slice('v1', null, appendedFingerprint(versions, extracted(), []));
    expect(planBuild(versions, extracted(first), earlier(whole), false)).toMatchObject({ keep: [], sources: [first] });
  });
});

describe('planning what to build', () => {
  it('builds every partition the first time', () => {
    expect(planBuild(events, context([january, february], [customers]), new Map(), false).compute).toEqual([
      'month=2025-01',
      'month=2025-02',
    ]);
  });

  it('keeps everything when nothing changed', () => {
    const plan = planBuild(
      events,
      context([january, february], [customers]),
      built([january, february], [customers]),
      false,
    );
    expect(plan.compute).toEqual([]);
    expect(plan.keep.map((one) => one.id)).toEqual(['s2025-01', 's2025-02']);
  });

  it('builds only the partition that got new data', () => {
    const more = slice('b3', '2025-02');
    const plan = planBuild(
      events,
      context([january, february, more], [customers]),
      built([january, february], [customers]),
      false,
    );
    expect(plan.compute).toEqual(['month=2025-02']);
    expect(plan.keep.map((one) => one.id)).toEqual(['s2025-01']);
  });

  it('builds partitions with waiting rows again when master data arrives, and no others', () => {
    const before = built([january, february], [customers], ['2025-02']);
    const plan = planBuild(events, context([january, february], [slice('c2', null)]), before, false);
    expect(plan.compute).toEqual(['month=2025-02']);
    expect(plan.keepQuarantine).toEqual([]);
  });

  it('builds everything on a rebuild', () => {
    const plan = planBuild(events, context([january], [customers]), built([january], [customers]), true);
    expect(plan.compute).toEqual(['month=2025-01']);
    expect(plan.keep).toEqual([]);
  });

  it('builds a whole table again when its inputs or text changed', () => {
    const master = compileSilver('customer', [contract({ table: 'customer', kind: 'master', key: ['id'] })]);
    const inputs = { inputs: new Map([version('bronze.customer', [slice('x', null)])]), parameters: 'p' };
    const before = new Map([version('silver.customer', [slice('s', null, tableFingerprint(master, inputs))])]);
    expect(planBuild(master, inputs, before, false).compute).toEqual([]);
    const grown = {
      inputs: new Map([version('bronze.customer', [slice('x', null), slice('y', null)])]),
      parameters: 'p',
    };
    expect(planBuild(master, grown, before, false).compute).toBe('whole');
    expect(planBuild({ ...master, sql: `${master.sql} ` }, inputs, before, false).compute).toBe('whole');
  });

  it('writes an incremental table whole while its source has slices without the partition', () => {
    const old = slice('b0', null);
    const inputs = context([old, january], [customers]);
    expect(planBuild(events, inputs, new Map(), false).compute).toBe('whole');
    const before = new Map([version('silver.sales_line', [slice('s', '2025-01', tableFingerprint(events, inputs))])]);
    expect(planBuild(events, inputs, before, false).compute).toEqual([]);
  });

  it('lets parameters matter only to models that read them', () => {
    const inputs = { inputs: new Map<TableName, TableVersion>(), parameters: '2025-01-01' };
    const later = { ...inputs, parameters: '2025-01-02' };
    expect(tableFingerprint(events, inputs)).toBe(tableFingerprint(events, later));
    const reading = { ...events, readsParameters: true };
    expect(tableFingerprint(reading, inputs)).not.toBe(tableFingerprint(reading, later));
  });
});
