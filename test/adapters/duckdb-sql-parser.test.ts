import { describe, expect, it } from 'vitest';
import { DuckDbSqlParser } from '../../lambdas/adapters/duckdb-sql-parser.ts';

describe('the SQL parser', () => {
  const parser = new DuckDbSqlParser();

  it('finds the tables that a statement reads, in subqueries and joins too', async () => {
    const sql =
      'select * from gold.a join silver.b on true where x in (select y from silver.c) union all select * from plain';
    expect((await parser.parse(sql)).tables).toEqual(['gold.a', 'plain', 'silver.b', 'silver.c']);
  });

  it('leaves names of common table expressions out, but not tables of the same name with a schema', async () => {
    const sql =
      'with a as (select * from silver.a), b as (select * from a) select * from b join a on true join gold.b as c on true';
    expect((await parser.parse(sql)).tables).toEqual(['gold.b', 'silver.a']);
  });

  it('does not take a name for a common table expression outside of its query', async () => {
    const sql = 'select * from (with a as (select 1 as x) select * from a) as s join a on true';
    expect((await parser.parse(sql)).tables).toEqual(['a']);
  });

  it('says on which line and in which column the text is no SQL', async () => {
    await expect(parser.parse("select 'é' as x,\n  'éé' fron t u v")).rejects.toThrow(
      'The SQL cannot be parsed: syntax error at or near "t" (line 2, column 13)',
    );
  });

  it('names functions and node types', async () => {
    const shape = await parser.parse('select sum(x), upper(y) from silver.t where exists (select 1)');
    expect(shape.functions).toEqual(expect.arrayContaining(['sum', 'upper']));
    expect(shape.nodes).toContain('SUBQUERY');
  });

  it.each([
    ['select 1', true],
    ['with a as (select 1 as x) select * from a', true],
    ['values (1)', true],
    ['select 1; select 2', false],
    ['drop table x', false],
    ["copy (select 1) to 'x'", false],
    ['set threads = 1', false],
    ["attach 'x'", false],
    ['pragma version', false],
    ['', false],
  ])('knows whether %j is a single reading statement: %s', async (sql, single) => {
    expect((await parser.parse(sql)).singleSelect).toBe(single);
  });

  it('gives the place of a syntax error', async () => {
    await expect(parser.parse('select from where')).rejects.toThrow(/cannot be parsed/);
  });
});
