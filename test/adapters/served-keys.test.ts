import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revenueByGeography } from '../../lambdas/domain/serving/collections/revenue.ts';
import { servedCollections } from '../../lambdas/domain/serving/collections.ts';
import { keyOf } from '../../lambdas/domain/serving/json-sql.ts';

type Row = readonly (string | null)[];

let instance: DuckDBInstance;
let rowsOf: (sql: string) => Promise<unknown[][]>;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  rowsOf = async (sql) => (await connection.runAndReadAll(sql)).getRows() as unknown[][];
});
afterAll(() => instance.closeSync());

const literal = (text: string | null) => (text === null ? 'cast(null as varchar)' : `'${text.replaceAll("'", "''")}'`);
const valuesOf = (rows: readonly Row[]) => rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ');

describe('keys of several columns', () => {
  it('differ where the rows differ, and are never missing', async () => {
    const text = fc.option(fc.constantFrom('', '|', 'a', 'a|', '|a', '","', 'null', '\\', "'"));
    const rows = fc.uniqueArray(fc.tuple(text, text), {
      minLength: 1,
      maxLength: 30,
      selector: (row) => JSON.stringify(row),
    });
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const keys = await rowsOf(`select ${keyOf(['a', 'b'])} from (values ${valuesOf(given)}) as t (a, b)`);
        expect(new Set(keys.map(([key]) => key)).size).toBe(given.length);
        expect(keys.every(([key]) => typeof key === 'string')).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('keep places apart whose names hold what stands between them', async () => {
    const places: Row[] = [
      ['A|B', 'C', 'UNKNOWN'],
      ['A', 'B|C', 'UNKNOWN'],
    ];
    const ranked = revenueByGeography.ranked.replace(
      'gold.revenue_by_geography',
      `(select *, 0 as total_revenue from (values ${valuesOf(places)}) as t (country, state, region))`,
    );
    expect(new Set((await rowsOf(ranked)).map(([key]) => key)).size).toBe(2);
  });

  it('are put together this way in every collection', () => {
    for (const { ranked } of servedCollections([])) expect(ranked.split(' as key', 1)[0]).not.toContain('||');
  });
});
