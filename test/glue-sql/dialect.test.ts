import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { DialectReader } from './support/dialect.ts';
import { readModel, root, salesModels, sqlFiles } from './support/models.ts';

let reader: DialectReader;

beforeAll(async () => {
  reader = await DialectReader.open();
});

const files = ['gold', 'silver', 'checks', 'views'].flatMap(sqlFiles);

describe('every SQL file', () => {
  it('is found', () => {
    expect(files.length).toBeGreaterThanOrEqual(salesModels.length);
  });

  it.each(files)('$path speaks only what both engines know', async ({ path, sql }) => {
    expect(await reader.violations(path, sql)).toEqual([]);
  });

  it.each(files)('$path names its tables with their layer', async ({ sql }) => {
    const tables = await reader.tables(sql);
    expect(
      tables.filter((table) => !/^(silver|gold|bronze|ops|analytics|previous|quarantine|run)\./.test(table)),
    ).toEqual([]);
  });
});

describe('the sales models', () => {
  const made = salesModels.map((path) => readModel(path).contract.table);
  const given = ['silver.sales_line', 'silver.customer', 'silver.sales_person', 'run.parameters'];

  it.each(salesModels.map((path, index) => ({ path, index })))(
    '$path reads only what is built before it',
    async ({ path, index }) => {
      const known: readonly string[] = [...given, ...made.slice(0, index)];
      const tables = await reader.tables(readModel(path).sql);
      expect(tables.filter((table) => !known.includes(table))).toEqual([]);
    },
  );
});

describe('the prelude', () => {
  it('has one statement per line, each with a comment', () => {
    const prelude = readFileSync(`${root}/glue-sql/dialect/duckdb-prelude.sql`, 'utf8');
    const statements = prelude.split('\n').filter((line) => line !== '' && !line.startsWith('--'));
    expect(statements.filter((line) => !/^(SET|create or replace macro) .*; -- .+$/.test(line))).toEqual([]);
  });
});

describe('the dialect test', () => {
  const forbidden: readonly (readonly [sql: string, construct: string])[] = [
    ['select a from t qualify row_number() over (order by a) = 1', 'QUALIFY'],
    ['select a, count(*) as n from t group by all', 'GROUP BY ALL'],
    ['select a::bigint as a from t', 'a cast with ::, write cast(x as type)'],
    ['select * exclude (b) from t', 'EXCLUDE'],
    ['select * replace (1 as a) from t', 'REPLACE'],
    ['select columns(*) from t', 'COLUMNS(…)'],
    ['select * from t', 'a star, write the columns'],
    ['select t.* from t', 'a star, write the columns'],
    ['select list_transform(a, lambda x: x) as a from t', 'a lambda'],
    ['select arg_max(a, b) as a from t', 'the function arg_max'],
    ['select strip_accents(a) as a from t', 'the function strip_accents'],
    ['select median(a) as a from t', 'the function median'],
    ['select avg(a) as a from t', 'the function avg'],
    ['select now() as a', 'the function now'],
    ['select cast(a as double) as a from t', 'the type DOUBLE'],
    ['select cast(a as real) as a from t', 'the type FLOAT'],
    ['select cast(a as hugeint) as a from t', 'the type HUGEINT'],
    ['select 1e3 as a', 'the type DOUBLE'],
    ['select a, from t', 'a trailing comma, Trino has none'],
    ['select a // 2 as a from t', 'integer division with //, write / between bigints'],
    ['select [1, 2] as a', 'the function list_value'],
    ['select distinct on (a) a, b from t', 'DISTINCT ON'],
    ["select a from t where a ilike 'x'", 'the function ~~*'],
    ["select date '2024-01-01' + interval '1' day as d", 'the function to_days'],
    ['select a from t semi join u on t.a = u.a', 'the join SEMI'],
    ['select a from t positional join u', 'the join POSITIONAL'],
    ['select a from t using sample 10', 'a sample'],
    [
      'select a from t order by a limit 5 offset 2',
      'OFFSET, which stands before LIMIT in Trino and behind it in DuckDB',
    ],
    ['with u as materialized (select a from t) select a from u', 'a hint to materialise'],
    ["select {'a': 1} as s", 'the function struct_pack'],
    [
      "select decimal '0.6745' as a",
      "decimal '…' with more than 3 digits behind the point, which DuckDB cuts to 3; write the bare number",
    ],
    ['select coalesce(a) as a from t', 'coalesce of one value, where Trino wants two'],
    ['select 1 as a; select 2 as a', 'more than one statement'],
  ];

  it.each(forbidden)('refuses: %s', async (sql, construct) => {
    expect(await reader.violations('x.sql', sql)).toContain(`x.sql: ${construct}`);
  });

  it.each(['create table t as select 1 as a', 'pivot t on a using sum(b)'])(
    'refuses what is no SELECT: %s',
    async (sql) => {
      const [violation] = await reader.violations('x.sql', sql);
      expect(violation).toMatch(/^x\.sql: not one SELECT/);
    },
  );

  it('accepts what both engines know', async () => {
    const sql = `with u as (select a, b from silver.t where a in (1, 2) and b like 'x::%,)' and c between 1 and 2)
      select u.a, count(*) as n, element_at(array[1, 2], 1) as e, cast(0.5 as decimal(9,2)) as d -- a::b
      from u left join gold.v on v.a = u.a where exists (select 1 from run.parameters) group by u.a order by n desc limit 5`;
    expect(await reader.violations('x.sql', sql)).toEqual([]);
    expect(await reader.tables(sql)).toEqual(['gold.v', 'run.parameters', 'silver.t']);
  });
});
