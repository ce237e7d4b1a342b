import { describe, expect, inject, it } from 'vitest';
import { TrinoClient, TrinoError } from './server/trino-client.ts';

const client = new TrinoClient(inject('trino').url);

describe('the Trino server of the tests', () => {
  it('answers with names, types and values', async () => {
    const { columns, rows } = await client.execute(
      "select 1 as n, decimal '1.50' as d, date '2024-02-29' as day, timestamp '2024-01-01 10:00:00.123' as at, cast(null as varchar) as t",
    );
    expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'n integer',
      'd decimal(3, 2)',
      'day date',
      'at timestamp(3)',
      't varchar',
    ]);
    expect(rows).toEqual([[1, '1.50', '2024-02-29', '2024-01-01 10:00:00.123', null]]);
  });

  it('gives all pages of a long result', async () => {
    const { rows } = await client.execute(
      'select a.x * 100 + b.x from unnest(sequence(0, 999)) as a(x) cross join unnest(sequence(0, 99)) as b(x)',
    );
    expect(new Set(rows.map(([value]) => value)).size).toBe(100_000);
  });

  it('says what is wrong with a statement', async () => {
    const failure = await client.execute("select '10' > 9").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TrinoError);
    expect((failure as TrinoError).errorName).toBe('TYPE_MISMATCH');
  });
});
