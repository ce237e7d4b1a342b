import { expect, test } from 'vitest';
import { unloadStatements } from '../../lambdas/adapters/athena/unload-statement.ts';

const base = {
  sql: 'select m, amount, at from silver.line -- all',
  columns: [
    { name: 'm', type: 'varchar' },
    { name: 'amount', type: 'decimal(18,2)' },
    { name: 'at', type: 'timestamp' },
  ] as const,
  target: 's3://lake/gold/mart/run=r1/1/',
};

test('a table without partitions is one statement with every column cast', () => {
  expect(unloadStatements({ ...base, partitionBy: [] }, [])).toEqual([
    `UNLOAD (select cast("m" as varchar) as "m", cast("amount" as decimal(18,2)) as "amount", cast("at" as timestamp(3)) as "at" from (${base.sql}\n) as built) TO '${base.target}' WITH (format = 'PARQUET', compression = 'ZSTD')`,
  ]);
});

test('partition columns come last, and quotes in values are doubled', () => {
  const [sql] = unloadStatements({ ...base, partitionBy: ['m'] }, [{ m: "o'1" }]);
  expect(sql).toContain('as "at", cast("m" as varchar) as "m" from');
  expect(sql).toContain(`where (cast("m" as varchar) = 'o''1')) TO '${base.target}batch-0/'`);
  expect(sql).toContain("partitioned_by = ARRAY['m']");
});

test.each([1, 100, 101, 250])('%i partitions are each in exactly one statement of at most 100', (count) => {
  const partitions = Array.from({ length: count }, (_, index) => ({ m: `p${index}` }));
  const statements = unloadStatements({ ...base, partitionBy: ['m'] }, partitions);
  const values = statements.map((sql) => [...sql.matchAll(/= '(p\d+)'\)/g)].map((match) => match[1]));
  expect(values.flat()).toEqual(partitions.map(({ m }) => m));
  expect(Math.max(...values.map((list) => list.length))).toBeLessThanOrEqual(100);
  expect(new Set(statements.map((sql) => / TO '([^']+)'/.exec(sql)?.[1])).size).toBe(statements.length);
});

test('a partition that lacks a key is refused', () => {
  expect(() => unloadStatements({ ...base, partitionBy: ['m'] }, [{}])).toThrow("no value of 'm'");
});
