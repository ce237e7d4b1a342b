import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QueryError } from '../../lambdas/domain/errors.ts';
import { removeFolder, temporaryFolder, type TestPipeline, testPipeline } from '../support/temporary-home.ts';

describe('a query of the lake', () => {
  let home: string;
  let pipeline: TestPipeline;

  beforeAll(async () => {
    home = await temporaryFolder();
    pipeline = await testPipeline(home);
  });
  afterAll(async () => {
    await pipeline.close();
    await removeFolder(home);
  });

  it('reads tables before anything was published, as empty ones', async () => {
    expect(await pipeline.rows('select * from gold.customers_data_mart')).toEqual([]);
    expect(await pipeline.rows('select x from unnest([1, 2]) as t(x);')).toEqual([{ x: 1 }, { x: 2 }]);
  });

  it('reads views, alone and beside tables', async () => {
    expect(await pipeline.rows('select * from analytics.top_industries')).toEqual([]);
    const [row] = await pipeline.rows(
      `select count(*) as n from analytics.run_cost as cost cross join analytics.customer_summary as one
       left join "analytics"."data_freshness" as age on true`,
    );
    expect(row).toEqual({ n: '0' });
    expect(await pipeline.rows('select source, hours_behind from analytics.data_freshness')).toEqual([
      { source: 'lake', hours_behind: null },
    ]);
  });

  it('names the table or view that may have been meant', async () => {
    await expect(pipeline.rows('select * from analytics.top_industri')).rejects.toMatchObject({
      advice: 'Did you mean analytics.top_industries?',
    });
  });

  it.each([
    ['two statements', 'select 1; select 2'],
    ['a statement that changes something', 'drop table gold.sales_team_data_mart'],
    ['an unknown table', 'select * from gold.nothing'],
    ['a function that reads files', "select * from read_text('/etc/hostname')"],
    ['such a function in a subquery', "select (select content from read_text('/etc/hostname')) as content"],
    ['such a function in a condition', "select 1 where exists (from read_csv('/etc/hostname'))"],
    ['the name of a file', "select * from '/etc/hostname.csv'"],
    ['the inside of the engine', 'select * from duckdb_settings()'],
    ['its catalog', 'select * from information_schema.tables'],
    ['SQL in a text', "select * from query('select 1')"],
    ['a table by its name as a text', "select * from query_table('gold.customers_data_mart')"],
    ['a broken statement', 'select from where'],
    ['nothing', '   '],
  ])('refuses %s', async (_what, sql) => {
    await expect(pipeline.rows(sql)).rejects.toThrow(QueryError);
  });
});
