import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { athenaView } from '../../lambdas/domain/athena-view.ts';
import { currentView } from '../../lambdas/domain/current-view.ts';
import type { Column, TableName } from '../../lambdas/domain/table.ts';
import { sliceOf, versionOf, viewOf } from '../ports/analyst-tables.contract.ts';
import { TrinoClient } from './server/trino-client.ts';

const client = new TrinoClient(inject('trino').url);
const databases = { analytics: 'switched_analytics', ops: 'switched_ops' };
const columns: Column[] = [{ name: 'id', type: 'varchar' }];
const names = ['one', 'two'] as const;
const tableOf = (name: string): TableName => `analytics.${name}_rows`;
const runs = ['run-a', 'run-b'];

async function switchTo(run: string): Promise<void> {
  const versions = names.map((name) => versionOf([sliceOf(run)], { table: tableOf(name) }));
  await client.execute(currentView(databases, versions));
}

/** Two tables with the slices of two runs, each with its run's name as only row, and a view of each. */
beforeAll(async () => {
  for (const database of Object.values(databases)) await client.execute(`create schema ${database}`);
  await switchTo('run-a');
  for (const name of names) {
    const rows = runs.map((run) => `('${run}', '${run}')`).join(', ');
    await client.execute(
      `create table ${databases.analytics}.${name}_rows with (partitioned_by = array['_slice'])
       as select * from (values ${rows}) as t(id, "_slice")`,
    );
    const view = { ...viewOf(name, `select id from ${tableOf(name)}`), reads: [{ table: tableOf(name), columns }] };
    await client.execute(athenaView(view, databases).sql);
  }
});

afterAll(async () => {
  for (const database of Object.values(databases)) await client.execute(`drop schema ${database} cascade`);
});

it('a query over two views sees one run, whenever another one is published', async () => {
  const { analytics } = databases;
  const seen = new Set<string>();
  let switches = 0;
  let reads = 0;
  const publishing = (async () => {
    while (reads < 60 || switches < 20) await switchTo(runs[++switches % 2] ?? '');
  })();
  while (reads < 60 || seen.size < 2) {
    const { rows } = await client.execute(
      `select (select max(id) from ${analytics}.one), (select max(id) from ${analytics}.two)`,
    );
    seen.add(String(rows[0]?.join(' and ')));
    reads += 1;
  }
  await publishing;
  expect([...seen].sort()).toEqual(['run-a and run-a', 'run-b and run-b']);
  expect(switches).toBeGreaterThan(20);
});

it('shows nothing before anything is published', async () => {
  await client.execute(currentView(databases, []));
  expect((await client.execute(`select id from ${databases.analytics}.one`)).rows).toEqual([]);
});
