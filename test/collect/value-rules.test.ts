import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccountedFor } from './accounting.ts';
import { type DropHome, openDropHome } from './drop-home.ts';
import { valueCases, valueContract } from './value-cases.ts';

const cases = valueCases.map(([columns, text, value, reason = null], index) => {
  const [source = '', target = source] = columns.split(' -> ');
  return { columns, id: String(index), source, target, text, value, reason };
});
const header = ['id', 'must', ...new Set(cases.map(({ source }) => source))];
const quoted = (cells: readonly string[]) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
const record = (cells: Readonly<Record<string, string>>) => quoted(header.map((name) => cells[name] ?? ''));

let home: DropHome;
let kept: Map<unknown, Record<string, unknown>>;
let setAside: Map<unknown, unknown>;

beforeAll(async () => {
  home = await openDropHome([valueContract]);
  const records = cases.map(({ id, source, text }) => record({ id, must: 'x', [source]: text }));
  const several = record({ id: 'several', whole: 'x', ranged: '-1', colour: 'blue', flag: 'no' });
  await home.drop('value_rule/values.csv', [quoted(header), ...records, several].join(''));
  await home.pipeline.run();
  const rows = await home.pipeline.rows('select * from silver.value_rule');
  kept = new Map(rows.map((row) => [row.id, row]));
  const bad = await home.pipeline.rows('select _reasons, _raw from quarantine.value_rule');
  setAside = new Map(bad.map((row) => [row._raw, row._reasons]));
});

afterAll(() => home.close());

describe('a value', () => {
  it.each(cases)('of $columns: $text becomes $value $reason', ({ id, source, target, text, value, reason }) => {
    const raw = record({ id, must: 'x', [source]: text }).slice(0, -1);
    expect(setAside.get(raw) ?? null).toBe(reason);
    expect(kept.has(id)).toBe(reason === null);
    if (reason === null) expect(kept.get(id)?.[target]).toBe(value);
  });

  it('with several faults in its row names them all', () => {
    const [, reasons] = [...setAside].find(([raw]) => String(raw).includes('several')) ?? [];
    expect(reasons).toBe('REQUIRED(must), TYPE(whole), TYPE(flag), RANGE(ranged), NOT_ACCEPTED(colour)');
  });

  it('costs no other row', async () => {
    await expectAccountedFor(home);
    expect(kept.size + setAside.size).toBe(cases.length + 1);
  });
});
