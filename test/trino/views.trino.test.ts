import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { athenaType, athenaView } from '../../lambdas/domain/athena-view.ts';
import { opsMetaColumns, opsTables } from '../../lambdas/domain/ops-tables.ts';
import type { Publication } from '../../lambdas/domain/publication.ts';
import { sliceFolder } from '../../lambdas/domain/slice-folder.ts';
import { baseName, type Column, layerOf } from '../../lambdas/domain/table.ts';
import type { View } from '../../lambdas/domain/view.ts';
import { queryLake } from '../../lambdas/steps/query-lake.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { type RecordedRun, recordedRun } from './recorded-run.ts';
import { TrinoClient } from './server/trino-client.ts';
import { TrinoRegistry } from './server/trino-registry.ts';

const trino = inject('trino');
const client = new TrinoClient(trino.url);
const databases = { analytics: 'headwater_views_analytics', ops: 'headwater_views_ops' };
let home: string;
let run: RecordedRun;
let publication: Publication;

beforeAll(async () => {
  home = await temporaryFolder();
  run = await recordedRun(home);
  const { current } = await run.pipeline.ports.catalog.pointer();
  publication = await run.pipeline.ports.catalog.load(current ?? '');
  await addAnalytics();
  await client.execute(`create schema if not exists "${databases.ops}"`);
  for (const { table, columns } of opsTables)
    await addLines(baseName(table), [...columns, ...opsMetaColumns], `lake/ops/${baseName(table)}`);
  await mkdir(join(home, 'current'));
  const pointers = publication.tables.flatMap(({ table, slices }) =>
    slices.map(({ id }) => ({ table_name: table, slice: id })),
  );
  await writeFile(join(home, 'current/current.jsonl'), pointers.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const pointer: Column[] = [
    { name: 'table_name', type: 'varchar' },
    { name: 'slice', type: 'varchar' },
  ];
  await addLines('current', pointer, 'current');
  for (const view of run.pipeline.ports.configuration.views) await client.execute(athenaView(view, databases).sql);
});

afterAll(async () => {
  await run.pipeline.close();
  await removeFolder(home);
});

/** Tables as the Glue catalog has them: a partition for each slice, and one more of the first slice that is not current. */
async function addAnalytics(): Promise<void> {
  const registry = new TrinoRegistry(client, databases.analytics, `${trino.scheme}://${home}/lake`);
  for (const { table, columns, slices } of publication.tables) {
    if (layerOf(table) !== 'analytics') continue;
    await registry.createTable(baseName(table), columns);
    const partitions = slices.flatMap((slice) => {
      const folder = sliceFolder(slice);
      return folder === null
        ? []
        : [
            { value: slice.id, folder },
            { value: `older/${slice.id}`, folder },
          ];
    });
    await registry.addPartitions(baseName(table), columns, partitions);
  }
}

/** A table of JSON lines: those that no run has written have a folder without files. */
async function addLines(name: string, columns: readonly Column[], folder: string): Promise<void> {
  await mkdir(join(home, folder), { recursive: true });
  const list = columns.map((column) => `"${column.name}" ${athenaType(column)}`).join(', ');
  await client.execute(
    `create table "${databases.ops}"."${name}" (${list}) with (format = 'OPENX_JSON', external_location = '${trino.scheme}://${home}/${folder}')`,
  );
}

/** The rows of a view as text that is the same in both engines. */
function select({ contract }: View, from: string, engine: 'duckdb' | 'trino'): string {
  const texts = contract.columns.map((column) => {
    const name = `"${column.name}"`;
    return column.type === 'timestamp' && engine === 'duckdb'
      ? `strftime(${name}, '%Y-%m-%d %H:%M:%S.%g')`
      : `cast(${name} as varchar)`;
  });
  return `select ${texts.join(', ')} from ${from}`;
}

const sorted = (rows: readonly (readonly unknown[])[]) => rows.map((row) => JSON.stringify(row)).sort();

describe('the views of analysts', () => {
  it('have in Trino the rows and types that they have in DuckDB', async () => {
    const { ports, parser } = run.pipeline;
    const empty: string[] = [];
    for (const view of ports.configuration.views) {
      const here = await queryLake(ports, parser, select(view, view.view, 'duckdb'));
      const there = await client.execute(select(view, `"${databases.analytics}"."${baseName(view.view)}"`, 'trino'));
      expect(sorted(there.rows), view.view).toEqual(sorted(here.rows));
      if (here.rows.length === 0) empty.push(view.view);
      const { columns } = await client.execute(
        `select * from "${databases.analytics}"."${baseName(view.view)}" limit 0`,
      );
      expect(columns.map(({ name, type }) => `${name} ${type.replace(', ', ',')}`)).toEqual(
        view.contract.columns.map((column) => `${column.name} ${athenaType(column)}`),
      );
    }
    // Two months of sales are too short to stay away for ninety days, or to have a history of six.
    expect(empty).toEqual(['analytics.inactive_customers', 'analytics.sales_anomalies']);
  });

  it('read no slice that is not current', async () => {
    await rm(join(home, 'current/current.jsonl'));
    await writeFile(join(home, 'current/none.jsonl'), '{"table_name": "analytics.other", "slice": "none"}\n');
    const rows = async (view: string) =>
      (await client.execute(`select 1 from "${databases.analytics}"."${view}"`)).rows.length;
    expect(await rows('top_industries')).toBe(0);
    expect(await rows('territory_overview')).toBe(0);
    expect(await rows('run_cost')).toBe(1);
  });
});
