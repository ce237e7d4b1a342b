import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { athenaView } from '../../lambdas/domain/athena-view.ts';
import type { View } from '../../lambdas/domain/view.ts';

const databases = { analytics: 'headwater_dev_analytics', ops: 'headwater_dev_ops' };

const view: View = {
  view: 'analytics.store_runs',
  sql: `-- analytics.store by run
select store.city, count(*) as stores, max(run.seconds) as seconds
from analytics.store
inner join ops.run as run on run.run_id = store._run_id and store.city <> 'analytics.store'
group by store.city`,
  contract: {
    view: 'analytics.store_runs',
    row: 'one row per city',
    description: 'Stores by city',
    owner: 'data',
    columns: [
      { name: 'city', type: 'varchar', description: 'City' },
      { name: 'stores', type: 'bigint', description: 'Stores' },
      { name: 'seconds', type: 'decimal(18,3)', description: 'Longest run' },
    ],
  },
  reads: [
    {
      table: 'analytics.store',
      columns: [
        { name: 'city', type: 'varchar' },
        { name: '_run_id', type: 'varchar' },
      ],
    },
    {
      table: 'ops.run',
      columns: [
        { name: 'run_id', type: 'varchar' },
        { name: 'seconds', type: 'decimal(18,3)' },
        { name: '_run_id', type: 'varchar' },
        { name: '_closed_at', type: 'timestamp' },
      ],
      latestBy: ['run_id'],
    },
  ],
};

/** DuckDB executes the statement as it is: schemas stand for the databases, and its own cast for `timestamp(3)`. */
describe('the statement that makes a view in Athena', () => {
  let connection: Awaited<ReturnType<DuckDBInstance['connect']>>;
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();

  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`
      create schema headwater_dev_analytics; create schema headwater_dev_ops;
      create table headwater_dev_analytics.store (_slice varchar, city varchar, _run_id varchar);
      insert into headwater_dev_analytics.store values ('s1', 'Oslo', 'r1'), ('s2', 'Oslo', 'r2'), ('s2', 'Bern', 'r2'), ('s2', 'Bern', 'r2');
      create table headwater_dev_ops.current (table_name varchar, slice varchar);
      insert into headwater_dev_ops.current values ('analytics.store', 's1'), ('analytics.other', 's2');
      create table headwater_dev_ops.run (run_id varchar, seconds double, _run_id varchar, _closed_at varchar);
      insert into headwater_dev_ops.run values ('r1', 1.5, 'r1', '2026-01-01 00:00:00.000'), ('r2', 9, 'r2', '2026-01-02 00:00:00.000'),
        ('r2', 2.25, 'r2', '2026-01-02 00:00:00.001');`);
    await connection.run(athenaView(view, databases).sql);
  });

  it('reads the current slices only, and follows their switch', async () => {
    const select = 'select city, stores, seconds from headwater_dev_analytics.store_runs order by city';
    expect(await rows(select)).toEqual([['Oslo', '1', '1.500']]);
    await connection.run(`update headwater_dev_ops.current set slice = 's2' where table_name = 'analytics.store'`);
    expect(await rows(select)).toEqual([
      ['Bern', '2', '2.250'],
      ['Oslo', '1', '2.250'],
    ]);
  });

  it('names no table without its database', () => {
    const { sql } = athenaView(view, databases);
    expect(sql.replaceAll(/'[^']*'|--.*/g, '')).not.toMatch(/\b(analytics|ops)\s*\./);
    expect(sql).toMatch(
      /^CREATE OR REPLACE VIEW "headwater_dev_analytics"\."store_runs" AS\nselect\n {2}cast\("city" as varchar\)/,
    );
  });

  it('is another one, with another hash, when the text, a column or a database is', () => {
    const made = athenaView(view, databases);
    expect(athenaView(structuredClone(view), { ...databases })).toEqual(made);
    const wider = {
      ...view.reads[0],
      columns: [...(view.reads[0]?.columns ?? []), { name: 'state', type: 'varchar' }],
    };
    const others = [
      athenaView({ ...view, sql: `${view.sql} having count(*) > 1` }, databases),
      athenaView(view, { ...databases, ops: 'headwater_prod_ops' }),
      athenaView({ ...view, reads: [wider as View['reads'][number], ...view.reads.slice(1)] }, databases),
      athenaView({ ...view, contract: { ...view.contract, columns: view.contract.columns.slice(1) } }, databases),
    ];
    expect(new Set([made, ...others].map(({ hash }) => hash)).size).toBe(5);
  });
});
