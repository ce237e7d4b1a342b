import { viewsAmong } from '../domain/assemble-views.ts';
import { collectedRelations } from '../domain/configuration.ts';
import { QueryError } from '../domain/errors.ts';
import { rowChecks } from '../domain/compile-checks.ts';
import { quarantineOf, writtenColumns } from '../domain/model.ts';
import { type OpsTable, opsMetaColumns, opsTables } from '../domain/ops-tables.ts';
import type { Slice, TableName, TableVersion } from '../domain/table.ts';
import { unknownTable } from '../domain/unknown-table.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import type { QueryResult } from '../ports/sql-engine.ts';
import type { SqlParser } from '../ports/sql-parser.ts';
import { runParameters } from './run-parameters.ts';

/** Functions in FROM that make rows from values; all others read files or the engine's inside. */
const openTableFunctions = ['unnest', 'range', 'generate_series', 'sequence'];

/**
 * Answers one SELECT from the current publication and the ops tables, by the names that Athena has. Throws QueryError for anything
 * that is not a single SELECT, and for unknown tables (with the names that may have been meant).
 */
export async function queryLake(
  ports: PipelinePorts,
  parser: SqlParser,
  sql: string,
  limit?: number,
  signal?: AbortSignal,
): Promise<QueryResult> {
  const text = sql.trim().replace(/;\s*$/, '');
  const shape = await parser.parse(text);
  if (!shape.singleSelect) {
    throw new QueryError('A query is one SELECT statement; this is something else.', {
      advice: 'Data is changed by runs only: drop files, then `headwater run`.',
    });
  }
  const closed = shape.tableFunctions.filter((name) => !openTableFunctions.includes(name));
  if (closed.length > 0) {
    throw new QueryError(`A query reads tables only, not ${closed.join(', ')}().`, {
      advice: `In FROM these functions are allowed: ${openTableFunctions.join(', ')}.`,
    });
  }
  const known = await readableTables(ports);
  const views = viewsAmong(ports.configuration, shape.tables);
  const isView = (name: string) => views.some(({ view }) => view === name);
  const unknown = shape.tables.find((table) => !known.has(table) && !isView(table) && table !== 'run.parameters');
  if (unknown !== undefined) {
    throw unknownTable(unknown, [...known.keys(), ...ports.configuration.views.map(({ view }) => view)]);
  }
  const read = new Set([...shape.tables, ...views.flatMap(({ reads }) => reads.map(({ table }) => table))]);
  const tables = [...read].map((table) => known.get(table)).filter((version) => version !== undefined);
  const parameters = shape.tables.includes('run.parameters') ? { parameters: await currentParameters(ports) } : {};
  return await ports.engine.query(
    { sql: text, tables, views, ...parameters, ...(limit === undefined ? {} : { limit }) },
    signal,
  );
}

async function currentParameters(ports: PipelinePorts) {
  const { current } = await ports.catalog.pointer();
  const asOf = current === null ? ports.now().toISOString().slice(0, 10) : (await ports.catalog.load(current)).asOf;
  return runParameters(ports, asOf);
}

/** Every table that can be queried now; one that nothing has been published for yet is empty. */
export async function readableTables(ports: PipelinePorts): Promise<Map<string, TableVersion>> {
  const tables = new Map<string, TableVersion>();
  const add = (version: TableVersion) => tables.set(version.table, version);
  for (const relation of collectedRelations(ports.configuration)) add({ ...relation, slices: [] });
  for (const model of ports.configuration.models) {
    const columns = writtenColumns(model);
    const partitionBy = model.contract.partition_by;
    add({ table: model.table, columns, partitionBy, slices: [] });
    if (rowChecks(model).length === 0) continue;
    const reasons = { name: '_reasons', type: 'varchar' as const };
    add({ table: quarantineOf(model.table), columns: [...columns, reasons], partitionBy, slices: [] });
  }
  const { current } = await ports.catalog.pointer();
  if (current !== null) for (const version of (await ports.catalog.load(current)).tables) add(version);
  for (const ops of opsTables) add(await opsVersion(ports, ops));
  return tables;
}

/** Of a run that was closed more than once (resumed), the last closing counts. */
async function opsVersion(ports: PipelinePorts, ops: OpsTable): Promise<TableVersion> {
  const latest = new Map<string, { key: string; token: number; bytes: number }>();
  for await (const object of ports.lake.list(`${ops.table.replace('.', '/')}/`)) {
    const [, , runId = '', file = ''] = object.key.split('/');
    const token = Number.parseInt(file, 10);
    if ((latest.get(runId)?.token ?? -1) < token) latest.set(runId, { key: object.key, token, bytes: object.bytes });
  }
  const columns = [...ops.columns, ...opsMetaColumns];
  const slices = [...latest].map(([runId, { key, bytes }]): Slice => {
    const files = [{ key, rows: 0, bytes }];
    return { id: key, partition: {}, runId, columns, files, rows: 0, bytes, nulls: {}, fingerprint: key };
  });
  return { table: ops.table as TableName, columns, partitionBy: [], slices, latestBy: ops.latestBy };
}
