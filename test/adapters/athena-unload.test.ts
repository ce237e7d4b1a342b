import { expect, test } from 'vitest';
import {
  partitionOfKey,
  partitionsFound,
  partitionsQuery,
  type Unload,
  unloadStatements,
} from '../../lambdas/adapters/athena/unload-statement.ts';

const base: Unload = {
  table: 'gold.mart',
  sql: 'select m, amount, at from silver.line -- all',
  columns: [
    { name: 'm', type: 'varchar' },
    { name: 'amount', type: 'decimal(18,2)' },
    { name: 'at', type: 'timestamp' },
    { name: '_run_id', type: 'varchar' },
  ],
  partitionBy: [],
  condition: '',
  given: new Map([['_run_id', "'r1'"]]),
  target: 's3://lake/gold/mart/run=r1/1/',
};
const byMonth: Unload = { ...base, partitionBy: ['m'] };

test('a table without partitions is one statement with every column cast', () => {
  const columns = `cast("m" as varchar) as "m", cast("amount" as decimal(18,2)) as "amount", cast("at" as timestamp(3)) as "at", cast('r1' as varchar) as "_run_id"`;
  expect(unloadStatements(base, [])).toEqual([
    `UNLOAD (select ${columns} from (${base.sql}\n) as built) TO '${base.target}' WITH (format = 'PARQUET', compression = 'ZSTD')`,
  ]);
});

test('folders are named for copies of partition columns, which stay in the files', () => {
  const [sql] = unloadStatements(byMonth, [{ m: 'a' }]);
  expect(sql).toContain('as "_run_id", cast(cast("m" as varchar) as varchar) as "_partition_m" from');
  expect(sql).toContain("partitioned_by = ARRAY['_partition_m']");
  expect(partitionOfKey('batch-0/_partition_m=2025-01/_partition_s=a%2Fb/1.parquet')).toEqual({
    m: '2025-01',
    s: 'a/b',
  });
});

test('the condition holds for every batch, and for the question for partitions', () => {
  const partitions = Array.from({ length: 101 }, (_, index) => ({ m: `o'${index}` }));
  const [first, second] = unloadStatements({ ...byMonth, condition: '_reasons is null' }, partitions);
  expect(first).toContain(`where (_reasons is null) and ((cast(cast("m" as varchar) as varchar) = 'o''0') or`);
  expect(second).toContain(`where (_reasons is null) and ((cast(cast("m" as varchar) as varchar) = 'o''100'))) TO`);
  expect(partitionsQuery({ ...byMonth, condition: '_reasons is null' })).toContain(
    'where (_reasons is null) order by 1',
  );
});

test.each([1, 100, 101, 250])('%i partitions are each in exactly one statement of at most 100', (count) => {
  const partitions = Array.from({ length: count }, (_, index) => ({ m: `p${index}` }));
  const statements = unloadStatements(byMonth, partitions);
  const values = statements.map((sql) => [...sql.matchAll(/= '(p\d+)'\)/g)].map((match) => match[1]));
  // A single batch needs no condition.
  if (count > 100) expect(values.flat()).toEqual(partitions.map(({ m }) => m));
  else expect(values).toEqual([[]]);
  expect(Math.max(...values.map((list) => list.length))).toBeLessThanOrEqual(100);
  expect(new Set(statements.map((sql) => / TO '([^']+)'/.exec(sql)?.[1])).size).toBe(Math.ceil(count / 100));
});

test('a partition without a value is refused, since no batch would write its rows', () => {
  expect(partitionsFound(byMonth, [['2025-01'], ['']])).toEqual([{ m: '2025-01' }, { m: '' }]);
  expect(() => partitionsFound(byMonth, [['2025-01'], [null]])).toThrow(/gold\.mart gives rows without a value of 'm'/);
});
