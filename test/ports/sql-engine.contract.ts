import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column, TableName, TableVersion } from '../../lambdas/domain/table.ts';
import type { Build, Built, SqlEngine } from '../../lambdas/ports/sql-engine.ts';
import { describeRowsOfCode } from './sql-engine-rows.ts';

export interface EngineHarness {
  readonly engine: SqlEngine;
  dispose(): Promise<void>;
}

const columns: Column[] = [
  { name: 'id', type: 'varchar' },
  { name: 'month', type: 'varchar' },
  { name: 'amount', type: 'decimal(18,2)' },
  { name: 'pieces', type: 'bigint' },
  { name: '_run_id', type: 'varchar' },
  { name: '_as_of', type: 'date' },
];

const rows =
  "(values ('a', '2025-01', 1.50, 1), ('b', '2025-01', 2.25, 2), ('c', '2025-02', -0.75, 3)) as t(id, month, amount, pieces)";

let attempt = 0;

function build(changes: Partial<Build> = {}): Build {
  attempt += 1;
  return {
    table: 'silver.sale',
    columns,
    partitionBy: [],
    sql: `select * from ${rows}`,
    quarantines: false,
    inputs: [],
    parameters: [{ name: 'as_of', type: 'date', value: '2025-06-30' }],
    runId: 'run-1',
    asOf: '2025-06-30',
    prefix: `silver/sale/run=run-1/${attempt}`,
    quarantinePrefix: `quarantine/silver_sale/run=run-1/${attempt}`,
    ...changes,
  };
}

function version(built: Built, table: TableName = 'silver.sale', shown: Column[] = columns): TableVersion {
  return { table, columns: shown, partitionBy: [], slices: built.slices };
}

/** What every engine behind the port must do; SQL here is in the common dialect. */
export function describeSqlEngineContract(name: string, create: () => Promise<EngineHarness>): void {
  describe(`${name} as SqlEngine`, () => {
    let harness: EngineHarness;
    const signal = new AbortController().signal;
    beforeAll(async () => {
      harness = await create();
    });
    afterAll(() => harness.dispose());

    const materialise = (changes: Partial<Build> = {}) => harness.engine.materialise(build(changes), signal);
    const query = async (sql: string, ...tables: TableVersion[]) => (await harness.engine.query({ sql, tables })).rows;

    it('writes a table that can be read back, with run and date in every row', async () => {
      const built = await materialise();
      expect(built.slices.map((slice) => [slice.rows, slice.partition])).toEqual([[3, {}]]);
      const read = await query(
        'select id, amount, _run_id, cast(_as_of as varchar) from silver.sale order by id',
        version(built),
      );
      expect(read).toEqual([
        ['a', '1.50', 'run-1', '2025-06-30'],
        ['b', '2.25', 'run-1', '2025-06-30'],
        ['c', '-0.75', 'run-1', '2025-06-30'],
      ]);
    });

    it('gives every column its type, whatever the engine computes with', async () => {
      const built = await materialise({
        sql: `select max(id) as id, max(month) as month, sum(amount) as amount, sum(pieces) as pieces from ${rows}`,
      });
      const result = await harness.engine.query({
        sql: 'select amount, pieces from silver.sale',
        tables: [version(built)],
      });
      expect(result.columns.map(({ type }) => type)).toEqual(['decimal(18,2)', 'bigint']);
      expect(result.rows).toEqual([['3.00', '6']]);
    });

    it('counts rows, bytes and nulls of what it wrote', async () => {
      const built = await materialise({
        sql: `select id, nullif(month, '2025-01') as month, amount, pieces from ${rows}`,
      });
      expect(built.slices[0]?.nulls).toMatchObject({ id: 0, month: 2 });
      expect(built.slices[0]?.bytes).toBe(built.slices[0]?.files.reduce((sum, file) => sum + file.bytes, 0));
    });

    it('writes one slice per partition', async () => {
      const built = await materialise({ partitionBy: ['month'] });
      expect(built.slices.map((slice) => [slice.partition, slice.rows])).toEqual([
        [{ month: '2025-01' }, 2],
        [{ month: '2025-02' }, 1],
      ]);
      expect(new Set(built.slices.map((slice) => slice.id)).size).toBe(2);
      expect(await query('select count(*) from silver.sale', version(built))).toEqual([['3']]);
    });

    it('computes one known partition', async () => {
      const built = await materialise({
        partition: { month: '2025-01' },
        partitionBy: ['month'],
        sql: `select * from ${rows} where month = '2025-01'`,
      });
      expect(built.slices.map((slice) => [slice.partition, slice.rows])).toEqual([[{ month: '2025-01' }, 2]]);
    });

    it('writes an empty table as an empty table', async () => {
      const built = await materialise({ sql: `select * from ${rows} where id = 'x'` });
      expect(built.slices.map((slice) => slice.rows)).toEqual([0]);
      expect(await query('select count(*) from silver.sale', version(built))).toEqual([['0']]);
    });

    it.each([undefined, 3])('sets rows with reasons aside and counts them, of %s known rows', async (known) => {
      const built = await materialise({
        quarantines: true,
        rows: known,
        sql: `select *, case when amount < 0 then 'NEGATIVE' end as _reasons from ${rows}`,
      });
      expect(built.reasons).toEqual([{ reason: 'NEGATIVE', rows: 1 }]);
      expect(await query('select id from silver.sale order by id', version(built))).toEqual([['a'], ['b']]);
      const aside = {
        ...version(built),
        slices: built.quarantine,
        columns: [...columns, { name: '_reasons', type: 'varchar' as const }],
      };
      expect(await query('select id, _reasons from silver.sale', aside)).toEqual([['c', 'NEGATIVE']]);
    });

    describeRowsOfCode({ materialise, query, rows: (read, names) => harness.engine.rows(read, names), version });

    it('sets nothing aside when every known row is good', async () => {
      const sql = `select *, case when amount < -5 then 'LOSS' end as _reasons from ${rows}`;
      const built = await materialise({ quarantines: true, rows: 3, sql });
      expect([built.slices[0]?.rows, built.quarantine, built.reasons]).toEqual([3, [], []]);
    });

    it('answers repeated queries of many files from the version handed in each time', async () => {
      const many = (sql: string) => materialise({ partitionBy: ['month'], sql });
      const months = `select cast(month as varchar) as month from (values ${Array.from({ length: 60 }, (_, index) => `(${index})`).join(', ')}) as t(month)`;
      const versions = await Promise.all(
        [1, 2].map(async (amount) =>
          version(await many(`select 'a' as id, month, ${amount} as amount, 1 as pieces from (${months})`)),
        ),
      );
      for (const table of [...versions, ...versions]) {
        const asked = { sql: 'select sum(amount), count(*) from silver.sale', tables: [table], keepTables: true };
        const total = table === versions[0] ? '60.00' : '120.00';
        expect((await harness.engine.query(asked)).rows).toEqual([[total, '60']]);
        expect((await harness.engine.query(asked)).rows).toEqual([[total, '60']]);
      }
    });

    it('reads inputs as exactly the versions handed in, and the parameters', async () => {
      const one = await materialise({ sql: `select * from ${rows} where id = 'a'` });
      const two = await materialise({ sql: `select * from ${rows} where id <> 'a'` });
      for (const [input, ids] of [
        [one, 'a'],
        [two, 'b,c'],
      ] as const) {
        const built = await materialise({
          table: 'gold.copy',
          inputs: [version(input)],
          sql: 'select s.id, cast(p.as_of as varchar) as month, s.amount, s.pieces from silver.sale as s cross join run.parameters as p',
        });
        const read = await query('select id, month from gold.copy order by id', version(built, 'gold.copy'));
        expect(read.map(([id]) => id).join(',')).toBe(ids);
        expect(read[0]?.[1]).toBe('2025-06-30');
      }
    });

    it('shows columns that an older slice lacks as null', async () => {
      const built = await materialise();
      const grown = version(built, 'silver.sale', [...columns, { name: 'added', type: 'integer' }]);
      expect(await query('select count(*), count(added) from silver.sale', grown)).toEqual([['3', '0']]);
    });

    it('reads tables without any slice as empty', async () => {
      const empty: TableVersion = { table: 'silver.sale', columns, partitionBy: [], slices: [] };
      expect(await query('select count(*) from silver.sale', empty)).toEqual([['0']]);
    });

    it.each([
      [
        'a double',
        'select id, month, cast(amount as double) as amount, pieces from (ROWS)',
        /computes a double: amount/,
      ],
      [
        'a value beyond its type',
        'select id, month, cast(12345678901234567 as decimal(38,2)) as amount, pieces from (ROWS)',
        /silver\.sale/,
      ],
      ['a column that is missing', 'select id, month, amount from (ROWS)', /pieces/],
      ['a table that is not there', 'select * from silver.nowhere', /nowhere/],
    ])('refuses %s and names the model', async (_what, sql, message) => {
      const failing = materialise({ sql: sql.replace('(ROWS)', rows) });
      await expect(failing).rejects.toThrow(message);
      await expect(failing).rejects.toMatchObject({ name: 'ModelError' });
    });

    it('stops at a limit and says so', async () => {
      const result = await harness.engine.query({ sql: `select id from ${rows} order by id`, tables: [], limit: 2 });
      expect([result.rows, result.truncated]).toEqual([[['a'], ['b']], true]);
      const all = await harness.engine.query({ sql: `select id from ${rows} order by id`, tables: [], limit: 3 });
      expect(all.truncated).toBe(false);
    });

    it('gives errors of a query as QueryError', async () => {
      await expect(query('select nothing from silver.sale', version(await materialise()))).rejects.toMatchObject({
        name: 'QueryError',
      });
    });

    it('does nothing once the signal is aborted', async () => {
      const aborted = AbortSignal.abort(new Error('stop'));
      await expect(harness.engine.materialise(build(), aborted)).rejects.toThrow();
    });
  });
}
