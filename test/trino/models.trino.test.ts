import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { resolveNames } from '../../lambdas/adapters/athena/resolve-names.ts';
import { SliceTables } from '../../lambdas/adapters/athena/slice-tables.ts';
import { athenaType, identifier, literal } from '../../lambdas/adapters/athena/sql-text.ts';
import { parametersSelect } from '../../lambdas/adapters/athena/version-select.ts';
import type { Column, TableName, TableVersion } from '../../lambdas/domain/table.ts';
import type { Build, Built, Parameter } from '../../lambdas/ports/sql-engine.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { type RecordedRun, recordedRun } from './recorded-run.ts';
import { TrinoClient } from './server/trino-client.ts';
import { TrinoRegistry } from './server/trino-registry.ts';

const trino = inject('trino');
const client = new TrinoClient(trino.url);
let home: string;
let run: RecordedRun;
let tables: SliceTables;

beforeAll(async () => {
  home = await temporaryFolder();
  run = await recordedRun(home);
  tables = new SliceTables(new TrinoRegistry(client, 'models', `${trino.scheme}://${home}/lake`));
});

afterAll(async () => {
  await run.pipeline.close();
  await removeFolder(home);
});

const reasons: Column = { name: '_reasons', type: 'varchar' };

/** A SQL expression whose text is the same in both engines. */
function text({ name, type }: Column, engine: 'duckdb' | 'trino'): string {
  const column = identifier(name);
  if (type !== 'timestamp') return `cast(${column} as varchar)`;
  if (engine === 'duckdb') return `strftime(${column}, '%Y-%m-%d %H:%M:%S.%g')`;
  return `cast(cast(${column} as timestamp(3)) as varchar)`;
}

async function resolved(sql: string, versions: readonly TableVersion[], parameters: readonly Parameter[] | undefined) {
  const relations = new Map<TableName, string>();
  for (const version of versions) relations.set(version.table, await tables.select(version));
  if (parameters !== undefined) relations.set('run.parameters', parametersSelect(parameters));
  return resolveNames(sql, relations);
}

function cast({ name, type }: Column, build: Build): string {
  if (name === '_run_id') return `${literal(build.runId)} as _run_id`;
  if (name === '_as_of') return `date ${literal(build.asOf)} as _as_of`;
  return `cast(${identifier(name)} as ${athenaType(type)}) as ${identifier(name)}`;
}

async function onTrino(build: Build): Promise<string[]> {
  const columns = build.quarantines ? [...build.columns, reasons] : build.columns;
  const model = await resolved(build.sql, build.inputs, build.parameters);
  const casts = columns.map((column) => cast(column, build)).join(', ');
  const texts = columns.map((column) => text(column, 'trino')).join(', ');
  const { rows } = await client.execute(`select ${texts} from (select ${casts} from (${model}\n) as model) as built`);
  return rows.map((row) => JSON.stringify(row)).sort();
}

async function onDuckDb(build: Build, built: Built): Promise<string[]> {
  const all: string[] = [];
  const parts = [
    { slices: built.slices, columns: build.columns, more: build.quarantines ? [', null'] : [] },
    { slices: built.quarantine, columns: [...build.columns, reasons], more: [] },
  ];
  for (const { slices, columns, more } of parts) {
    const version = { table: build.table, columns, partitionBy: [], slices };
    const sql = `select ${columns.map((column) => text(column, 'duckdb')).join(', ')}${more.join('')} from ${build.table}`;
    const { rows } = await run.pipeline.ports.engine.query({ sql, tables: [version] });
    all.push(...rows.map((row) => JSON.stringify(row)));
  }
  return all.sort();
}

/** Trino writes the milliseconds of a time stamp also when there are none. */
function plain(value: unknown): string | null {
  return value === null ? null : String(value).replace(/^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\.000$/, '$1');
}

/** What the two lists of rows do not share, each row as often as it is there; null when they are equal. */
function difference(here: readonly string[], there: readonly string[]): string | null {
  if (here.join('\n') === there.join('\n')) return null;
  const [ours, theirs] = [new Set(here), new Set(there)];
  const show = (rows: readonly string[], others: ReadonlySet<string>) =>
    rows
      .filter((row) => !others.has(row))
      .slice(0, 2)
      .join('\n    ');
  return `${here.length} rows on DuckDB, ${there.length} on Trino\n  DuckDB only: ${show(here, theirs)}\n  Trino only: ${show(there, ours)}`;
}

it('every model gives on Trino the rows that DuckDB wrote', async () => {
  const differences: string[] = [];
  let rows = 0;
  for (const { build, built } of run.builds) {
    if (build.rowsGiven !== undefined) continue;
    const here = await onDuckDb(build, built);
    rows += here.length;
    const found = await onTrino(build).then((there) => difference(here, there), String);
    if (found !== null) differences.push(`${build.table}: ${found}`);
  }
  expect(differences).toEqual([]);
  expect(rows).toBeGreaterThan(40_000);
});

it('every check finds on Trino the rows that it finds on DuckDB', async () => {
  const differences: string[] = [];
  for (const { query, result } of run.queries) {
    const canonical = (all: readonly (readonly unknown[])[]) => all.map((row) => JSON.stringify(row.map(plain))).sort();
    const sql = await resolved(query.sql, query.tables, query.parameters);
    const found = await client.execute(sql).then(({ rows }) => {
      if (result.truncated) return rows.length > result.rows.length ? null : `${rows.length} rows`;
      return difference(canonical(result.rows), canonical(rows));
    }, String);
    if (found !== null) differences.push(`${query.sql}: ${found}`);
  }
  expect(differences).toEqual([]);
  expect(run.queries.length).toBeGreaterThan(200);
});
