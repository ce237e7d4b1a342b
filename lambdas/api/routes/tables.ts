import type { ServedTable } from '../../domain/serving/served-tables.ts';
import { snapshotTexts } from '../../domain/serving/snapshot-texts.ts';
import type { ServingSnapshot } from '../../ports/serving-store.ts';
import { type Lineage, type Table, type TableRow, tableRowSchema } from '../contract/tables.ts';
import { ageSeconds, confirmedAt } from '../freshness.ts';
import { ApiProblem } from '../http/problems.ts';
import { type Route, type RouteRequest, sourceOf } from '../route.ts';
import { exportOf } from './list-route.ts';
import { lastJudged, opsOf } from './runs.ts';

const parsed = new WeakMap<ServingSnapshot, readonly ServedTable[]>();

function tablesOf(snapshot: ServingSnapshot): readonly ServedTable[] {
  const known = parsed.get(snapshot) ?? snapshotTexts.tables.parse(JSON.parse(snapshot.text('tables') ?? '[]'));
  parsed.set(snapshot, known);
  return known;
}

export const listTables: Route = {
  answer: async (request) => {
    const { layer, q } = request.query;
    const layers = layer === undefined ? null : String(layer).split(',');
    const wanted = String(q ?? '').toLowerCase();
    const snapshot = request.snapshot();
    const found = tablesOf(snapshot).filter(
      (table) =>
        (layers === null || layers.includes(table.layer)) &&
        `${table.table} ${table.description ?? ''}`.toLowerCase().includes(wanted),
    );
    const rows = await rowsOf(request, found);
    if (request.wantsCsv) {
      return { body: exportOf('tables', Object.keys(tableRowSchema.shape), [rows.map((row) => JSON.stringify(row))]) };
    }
    return { body: JSON.stringify({ data: rows, source: sourceOf(snapshot) }) };
  },
};

export const getTable: Route = {
  answer: async (request) => {
    const table = tableOf(request);
    const [row] = await rowsOf(request, [table]);
    if (row === undefined) throw new ApiProblem('not-found', 'There is no such table.');
    const { key, partition_by, columns, sql } = table;
    const body: Table = { table: row, key, partition_by, columns, sql, source: sourceOf(request.snapshot()) };
    return { body: JSON.stringify(body) };
  },
};

export const getLineage: Route = {
  version: () => '',
  answer: (request) => {
    const table = tableOf(request);
    const tables = tablesOf(request.snapshot());
    const neighbour = ({ table: name, layer, row, rows }: ServedTable) => ({ table: name, layer, row, rows });
    const body: Lineage = {
      table: table.table,
      made_from: table.made_from.flatMap((name) => tables.filter((each) => each.table === name).map(neighbour)),
      feeds: tables.filter(({ made_from }) => made_from.includes(table.table)).map(neighbour),
      how: table.how,
      sql: table.sql,
      source: sourceOf(request.snapshot()),
    };
    return { body: JSON.stringify(body) };
  },
};

function tableOf(request: RouteRequest): ServedTable {
  const name = request.parameters.table ?? '';
  const table = tablesOf(request.snapshot()).find((each) => each.table === name);
  if (table === undefined) throw new ApiProblem('not-found', `There is no table ${name}.`);
  return table;
}

async function rowsOf(request: RouteRequest, tables: readonly ServedTable[]): Promise<TableRow[]> {
  const { ports, settings } = request;
  const confirmed = (await confirmedAt(ports.runs)) ?? request.snapshot().meta.publishedAt;
  const age = ageSeconds(confirmed, ports.now());
  const checks = await opsOf(request).of('quality_results', await lastJudged(request));
  return tables.map((table): TableRow => {
    const own = checks.filter(({ table_name }) => table_name === table.table);
    return {
      table: table.table,
      layer: table.layer as TableRow['layer'],
      row: table.row,
      description: table.description,
      owner: table.owner,
      rows: table.rows,
      bytes: table.bytes,
      columns: table.columns.length,
      row_change: table.row_change,
      built_by: table.built_by,
      built_at: table.built_by === null ? null : startOf(table.built_by),
      confirmed_at: confirmed,
      age_seconds: age,
      allowance_seconds: settings.allowanceSeconds,
      is_stale: age !== null && age > settings.allowanceSeconds,
      checks: own.length,
      checks_failed: own.filter(({ passed }) => passed !== true).length,
    };
  });
}

/** A run id begins with its start: `20250630T231500123Z-7f3a`. */
function startOf(runId: string): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z/.exec(runId);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, millisecond] = match;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`;
}
