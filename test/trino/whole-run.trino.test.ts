import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { makeOrg, startSimulatedOrg } from '../../bin/simulated-org.ts';
import { athenaView } from '../../lambdas/domain/athena-view.ts';
import type { Publication } from '../../lambdas/domain/publication.ts';
import type { RunRecord } from '../../lambdas/domain/run-record.ts';
import type { TableVersion } from '../../lambdas/domain/table.ts';
import { runLocally } from '../../lambdas/pipeline/run-locally.ts';
import type { PipelinePorts } from '../../lambdas/ports/pipeline-ports.ts';
import { queryLake, readableTables } from '../../lambdas/steps/query-lake.ts';
import { RunState } from '../../lambdas/steps/run-state.ts';
import { type LocalPipeline, openLocal } from '../../lambdas/wiring/local.ts';
import { defaultLastDay, generateDrops } from '../../simulator/drops/generate.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { databases, makeAnalystDatabases } from './analyst-databases.ts';
import { type AthenaTestSite, athenaSite } from './athena-site.ts';
import { TrinoClient } from './server/trino-client.ts';

interface PublishedRun {
  readonly record: RunRecord;
  readonly publication: Publication;
}

const signal = new AbortController().signal;
let home: string;
let pipeline: LocalPipeline;
let site: AthenaTestSite;
let duckdb: PublishedRun;
let athena: PublishedRun;

beforeAll(async () => {
  home = await temporaryFolder();
  await makeOrg(home, { seed: 3, scale: 0.01, lastDay: defaultLastDay });
  const drops = join(home, 'drops');
  await mkdir(drops, { recursive: true });
  await generateDrops({ folder: drops, seed: 7, scale: 0.005, days: 62 });
  await cp(drops, join(home, 'raw'), { recursive: true, preserveTimestamps: true });
  const org = await startSimulatedOrg(home);
  const own = { home, configurationOverlay: null, crashAt: null, org: 'simulated', environment: org.environment };
  pipeline = await openLocal({ ...own, memoryMegabytes: 512, threads: 2 }, { compressed: false });
  duckdb = await publishedBy(pipeline.ports, 'duckdb');
  await org.close();
  site = await athenaSite(join(home, 'lake'), 'whole_run', pipeline.ports.engine);
  // Made anew from the same bronze, by the other engine.
  const limits = { memory: 512, disk: 512 };
  athena = await publishedBy({ ...pipeline.ports, crm: null, larger: { engine: site.engine, limits } }, 'athena');
});

afterAll(async () => {
  await site.close();
  await pipeline.close();
  await removeFolder(home);
});

/** Silver and gold from all of bronze, on one engine. */
async function publishedBy(ports: PipelinePorts, engine: 'duckdb' | 'athena'): Promise<PublishedRun> {
  const { error } = await runLocally(ports, { asOf: defaultLastDay, rebuild: true, engine, resume: null }, signal);
  if (error !== null) throw error;
  const [record] = await ports.runs.list(1);
  if (record === undefined) throw new Error('The run left no record.');
  return { record, publication: await ports.catalog.load(record.id) };
}

/** Rows as text, sorted, without the run that wrote them. */
async function content(version: TableVersion): Promise<string[]> {
  const columns = version.columns.filter(({ name }) => name !== '_run_id').map(({ name }) => `"${name}"`);
  const sql = `select ${columns.join(', ')} from ${version.table}`;
  const { rows } = await pipeline.ports.engine.query({ sql, tables: [version] });
  return rows.map((row) => JSON.stringify(row)).sort();
}

/** What two lists of rows do not share; null when they are equal. */
function difference(here: readonly string[], there: readonly string[]): string | null {
  if (here.join('\n') === there.join('\n')) return null;
  const only = (rows: readonly string[], others: ReadonlySet<string>) =>
    rows
      .filter((row) => !others.has(row))
      .slice(0, 2)
      .join('\n    ');
  return `${here.length} and ${there.length} rows\n  DuckDB: ${only(here, new Set(there))}\n  Athena: ${only(there, new Set(here))}`;
}

/** Trino writes numbers where DuckDB writes text, and the milliseconds of a time stamp also when there are none. */
function plainRow(row: readonly unknown[]): string {
  const plain = (value: unknown) =>
    value === null ? null : String(value).replace(/^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d*?[1-9])?)\.?0*$/, '$1');
  return JSON.stringify(row.map(plain));
}

it('a run in Athena publishes the rows that a run in DuckDB does', async () => {
  expect(athena.publication.tables.map(({ table }) => table)).toEqual(
    duckdb.publication.tables.map(({ table }) => table),
  );
  const differences: string[] = [];
  let rows = 0;
  for (const [index, version] of athena.publication.tables.entries()) {
    const there = await content(version);
    const here = await content(duckdb.publication.tables[index] ?? version);
    rows += here.length;
    const found = difference(here, there);
    if (found !== null) differences.push(`${version.table}: ${found}`);
  }
  expect(differences).toEqual([]);
  expect(rows).toBeGreaterThan(60_000);
});

it('every check finds in Athena what it finds in DuckDB', async () => {
  const results = async ({ record }: PublishedRun) => {
    const state = new RunState(pipeline.ports.lake, record.id);
    const layers = await Promise.all(['silver', 'gold'].map((layer) => state.checked(layer)));
    return layers.flatMap((layer) =>
      (layer?.results ?? []).map(({ table, check, value, passed }) => `${table} ${check}: ${value} ${passed}`),
    );
  };
  const found = await results(athena);
  expect(found.length).toBeGreaterThan(400);
  // How many rows a table gained or lost is asked about the publication before, which differs.
  const comparable = (all: readonly string[]) => all.filter((line) => !line.includes(' row_count_change'));
  expect(comparable(found)).toEqual(comparable(await results(duckdb)));
});

it('every view gives in Athena what it gives on a laptop', async () => {
  const { ports, parser } = pipeline;
  const client = new TrinoClient(inject('trino').url);
  const readable = await readableTables(ports);
  const read = new Set(ports.configuration.views.flatMap(({ reads }) => reads.map(({ table }) => table)));
  const ops = [...readable.values()].filter(({ table }) => table.startsWith('ops.') && read.has(table));
  const root = `${inject('trino').scheme}://${home}/lake`;
  await makeAnalystDatabases(client, root, athena.publication, ops, ports.engine);
  const differences: string[] = [];
  let rows = 0;
  for (const view of ports.configuration.views) {
    const { database, name, sql } = athenaView(view, databases);
    await client.execute(sql);
    const there = await client.execute(`select * from ${database}.${name}`);
    const here = await queryLake(ports, parser, `select * from ${view.view}`);
    rows += here.rows.length;
    expect(there.columns.map((column) => column.name)).toEqual(here.columns.map((column) => column.name));
    const found = difference(here.rows.map(plainRow).sort(), there.rows.map(plainRow).sort());
    if (found !== null) differences.push(`${view.view}: ${found}`);
  }
  expect(differences).toEqual([]);
  expect(ports.configuration.views.length).toBeGreaterThanOrEqual(15);
  expect(rows).toBeGreaterThan(200);
});

it('the models ran in Athena, and the record says so', async () => {
  const unloads = site.server.statements.all.filter(({ sql }) => sql.startsWith('UNLOAD'));
  expect(unloads.length).toBeGreaterThan(70);
  expect(new Set(site.server.statements.all.map(({ state }) => state))).toEqual(new Set(['SUCCEEDED']));
  expect([duckdb.record.engine, athena.record.engine]).toEqual(['duckdb', 'athena']);
  const scanned = athena.record.stages.map(({ stage, bytesScanned = 0 }) => [stage, bytesScanned > 0]);
  expect(scanned.filter(([, read]) => read).map(([stage]) => stage)).toEqual([
    'build-layer silver',
    'check-layer silver',
    'build-layer gold',
    'check-layer gold',
    'build-layer analytics',
  ]);
});
