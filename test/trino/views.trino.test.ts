import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { athenaType, athenaView } from '../../lambdas/domain/athena-view.ts';
import { opsMetaColumns, opsTables } from '../../lambdas/domain/ops-tables.ts';
import type { Publication } from '../../lambdas/domain/publication.ts';
import { sliceFolder } from '../../lambdas/domain/slice-folder.ts';
import { baseName, type Column, layerOf } from '../../lambdas/domain/table.ts';
import type { View } from '../../lambdas/domain/view.ts';
import { runLocally } from '../../lambdas/pipeline/run-locally.ts';
import { queryLake } from '../../lambdas/steps/query-lake.ts';
import type { LocalPipeline } from '../../lambdas/wiring/local.ts';
import { defaultLastDay } from '../../simulator/drops/generate.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { smallLake } from './small-lake.ts';
import { TrinoClient } from './server/trino-client.ts';

const trino = inject('trino');
const client = new TrinoClient(trino.url);
const databases = { analytics: 'headwater_views_analytics', ops: 'headwater_views_ops' };
let home: string;
let pipeline: LocalPipeline;
let publication: Publication;

beforeAll(async () => {
  home = await temporaryFolder();
  const lake = await smallLake(home);
  pipeline = lake.pipeline;
  const input = { asOf: defaultLastDay, rebuild: false, resume: null };
  const { error } = await runLocally(pipeline.ports, input, new AbortController().signal);
  await lake.closeOrg();
  if (error !== null) throw error;
  const { current } = await pipeline.ports.catalog.pointer();
  publication = await pipeline.ports.catalog.load(current ?? '');
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
  for (const view of pipeline.ports.configuration.views) await client.execute(athenaView(view, databases).sql);
});

afterAll(async () => {
  await pipeline.close();
  await removeFolder(home);
});

/** Tables as the Glue catalog has them: a partition for each slice, and one more of the same rows that is not current. */
async function addAnalytics(): Promise<void> {
  await client.execute(`create schema if not exists "${databases.analytics}"`);
  for (const { table, columns, slices } of publication.tables) {
    if (layerOf(table) !== 'analytics') continue;
    const name = baseName(table);
    const options = `format = 'PARQUET', partitioned_by = array['_slice'], external_location = '${location('lake/bronze')}'`;
    await client.execute(
      `create table "${databases.analytics}"."${name}" (${columnList(columns)}, "_slice" varchar) with (${options})`,
    );
    for (const slice of slices) {
      const folder = sliceFolder(slice);
      if (folder === null) continue;
      for (const value of [slice.id, `older/${slice.id}`]) {
        await client.execute(
          `call system.register_partition('${databases.analytics}', '${name}', array['_slice'], array['${value}'], '${location(`lake/${folder}`)}')`,
        );
      }
    }
  }
}

function columnList(columns: readonly Column[]): string {
  return columns.map((column) => `"${column.name}" ${athenaType(column)}`).join(', ');
}

function location(folder: string): string {
  return `${trino.scheme}://${home}/${folder}`;
}

/** A table of JSON lines: those that no run has written have a folder without files. */
async function addLines(name: string, columns: readonly Column[], folder: string): Promise<void> {
  await mkdir(join(home, folder), { recursive: true });
  const options = `format = 'OPENX_JSON', external_location = '${location(folder)}'`;
  await client.execute(`create table "${databases.ops}"."${name}" (${columnList(columns)}) with (${options})`);
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
    const { ports, parser } = pipeline;
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
