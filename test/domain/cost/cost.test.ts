import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOf, totalCost } from '../../../lambdas/domain/cost/cost-lines.ts';
import { costPage } from '../../../lambdas/domain/cost/cost-page.ts';
import { monthCostLines, monthlyRunLines, otherCostLines, workedMonth } from '../../../lambdas/domain/cost/month.ts';
import { prices } from '../../../lambdas/domain/cost/prices.ts';
import { runCostLines, transitionsOf } from '../../../lambdas/domain/cost/run-cost.ts';

interface Machine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly ItemProcessor?: Machine;
}

const definition = JSON.parse(readFileSync('lambdas/pipeline/headwater.asl.json', 'utf8')) as Machine;

/** States from the start to the end when nothing goes wrong. */
function passed({ StartAt, States }: Machine): string[] {
  const names: string[] = [];
  for (let name: string | undefined = StartAt; name !== undefined; ) {
    names.push(name);
    const state: State | undefined = States[name];
    name = state?.Next ?? state?.Default;
  }
  return names;
}

describe('the cost of a run', () => {
  it('counts the states that the state machine passes', () => {
    const itemsOf = (map: string) => passed(definition.States[map]?.ItemProcessor ?? { StartAt: '', States: {} });
    expect({
      run: passed(definition).length,
      object: itemsOf('extract-all-objects').length,
      batch: itemsOf('collect-all-files').length,
    }).toEqual(transitionsOf);
  });

  it('is the sum of quantities by prices', () => {
    const nothing = { seconds: 0, objects: 0, files: 0, tables: 0, dataFiles: 0, bytesScanned: 0 };
    expect(totalCost(runCostLines({ ...nothing, seconds: 1_000_000 }))).toBeCloseTo(53.3336 + 0.00044, 4);
    const quantities = Object.fromEntries(
      runCostLines({ seconds: 10, objects: 2, files: 26, tables: 100, dataFiles: 50, bytesScanned: 2e12 }).map(
        (line) => [line.price, line.quantity],
      ),
    );
    expect(quantities).toEqual({
      lambda: 40,
      transition: 21,
      scan: 2,
      put: 200,
      get: 802,
      ledgerWrite: 200,
      ledgerRead: 200,
    });
  });

  it('is never less for more work', () => {
    const work = fc.record({
      seconds: fc.nat(9_000),
      objects: fc.nat(50),
      files: fc.nat(5_000),
      tables: fc.nat(500),
      bytesScanned: fc.nat(2_000_000_000),
      dataFiles: fc.nat(9_000),
    });
    fc.assert(
      fc.property(work, fc.constantFrom('seconds', 'objects', 'files', 'tables', 'dataFiles'), (less, more) => {
        const greater = { ...less, [more]: less[more] + 1_000 };
        expect(totalCost(runCostLines(greater))).toBeGreaterThan(totalCost(runCostLines(less)));
      }),
    );
  });
});

describe('docs/cost.md', () => {
  const page = readFileSync('docs/cost.md', 'utf8');

  it('is what the code computes (npm run generate)', () => {
    expect(page).toBe(costPage(workedMonth));
  });

  it('adds up', () => {
    const shown = [...(page.split('## What a run costs')[0]?.matchAll(/\| \$([\d.]+) \|/g) ?? [])].map(([, usd]) =>
      Number(usd),
    );
    const total = Number(/\*\*\$([\d.]+)\*\*/.exec(page)?.[1]);
    expect(shown).toHaveLength(workedMonth.runs.length + otherCostLines(workedMonth).length);
    expect(Math.abs(shown.reduce((sum, usd) => sum + usd, 0) - total)).toBeLessThan(0.005 * shown.length);
    expect(total).toBe(Number(totalCost(monthCostLines(workedMonth)).toFixed(2)));
  });

  it('names every price that a bill can have, each from a page of AWS', () => {
    const used = new Set(monthCostLines(workedMonth).map(({ price }) => price));
    expect([...used].toSorted()).toEqual(Object.keys(prices).toSorted());
    for (const { source, usd } of Object.values(prices)) {
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9/-]+\/$/);
      expect(usd).toBeGreaterThan(0);
    }
  });

  it('counts a small query as one of 10 MB', () => {
    const scan = (gigabytesEach: number) =>
      otherCostLines({ ...workedMonth, queries: { perMonth: 1_000_000, gigabytesEach } }).find(
        ({ price }) => price === 'scan',
      );
    const least = scan(0.000001);
    expect(least === undefined ? 0 : costOf(least)).toBeCloseTo(50, 6);
    expect(scan(0.1)?.quantity).toBeCloseTo(100, 6);
  });

  it('bills a kind of run as often as it comes', () => {
    const [kind] = workedMonth.runs;
    if (kind === undefined) throw new Error('no runs');
    const once = totalCost(monthlyRunLines({ ...kind, perMonth: 1 }));
    expect(totalCost(monthlyRunLines({ ...kind, perMonth: 1_000 }))).toBeCloseTo(1_000 * once, 2);
  });
});
