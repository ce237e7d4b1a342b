import type { z } from 'zod';
import type { RunRecord } from '../../domain/run-record.ts';
import { checkSchema, type Run, runRowSchema, type RunRow } from '../contract/runs.ts';
import { ApiProblem } from '../http/problems.ts';
import { type OpsRow, OpsRows } from '../ops-rows.ts';
import { type Route, type RouteRequest, sourceOf } from '../route.ts';
import { exportOf } from './list-route.ts';
import { pageOf } from './page-of-rows.ts';

const runsKnown = 1_000;
/** Runs that are looked at for one with results. */
const runsSearched = 50;

const readers = new WeakMap<object, OpsRows>();

/** One reader of the ops tables for each lake: it remembers what never changes again. */
export function opsOf({ ports }: RouteRequest): OpsRows {
  const known = readers.get(ports.lake) ?? new OpsRows(ports.lake);
  readers.set(ports.lake, known);
  return known;
}

export const listRuns: Route = {
  answer: async (request) => {
    const { status } = request.query;
    const statuses = status === undefined ? null : String(status).split(',');
    const found = (await request.ports.runs.list(runsKnown)).filter(
      (run) => statuses === null || statuses.includes(run.status),
    );
    if (request.wantsCsv) {
      const rows = await Promise.all(found.map(async (run) => JSON.stringify(await rowOf(request, run))));
      const columns = Object.keys(runRowSchema.shape).filter((name) => name !== 'stages');
      return { body: exportOf('runs', columns, [rows]) };
    }
    const page = pageOf(request, found, false);
    const data = await Promise.all(page.data.map((run) => rowOf(request, run)));
    return { body: JSON.stringify({ ...page, data }) };
  },
};

export const getRun: Route = {
  answer: async (request) => {
    const id = request.parameters.id ?? '';
    const record = await request.ports.runs.get(id);
    if (record === null) throw new ApiProblem('not-found', `There is no run ${id}.`);
    const ops = opsOf(request);
    const [row, checks, extracts, files] = await Promise.all([
      rowOf(request, record),
      checksOf(request, id),
      ops.of('extract_status', id),
      ops.of('file_status', id),
    ]);
    const counted = (status: string) => files.filter((file) => file.status === status).length;
    const [processed, rejected, duplicate] = [counted('PROCESSED'), counted('REJECTED'), counted('DUPLICATE')];
    const body: Run = {
      run: row,
      warnings: [...record.warnings],
      extracts: extracts.map(extractOf),
      failed_checks: checks.filter(({ passed }) => !passed),
      checks: checks.length,
      files: { processed, rejected, duplicate, other: files.length - processed - rejected - duplicate },
      source: sourceOf(request.served),
    };
    return { body: JSON.stringify(body) };
  },
};

export const listQuality: Route = {
  answer: async (request) => {
    const { run_id, table, passed, severity } = request.query;
    const checks = await checksOf(request, run_id === undefined ? await lastJudged(request) : String(run_id));
    const severities = severity === undefined ? null : String(severity).split(',');
    const found = checks.filter(
      (check) =>
        (table === undefined || check.table_name === table) &&
        (passed === undefined || String(check.passed) === passed) &&
        (severities === null || severities.includes(check.severity)),
    );
    if (request.wantsCsv) {
      return {
        body: exportOf('quality', Object.keys(checkSchema.shape), [found.map((check) => JSON.stringify(check))]),
      };
    }
    return { body: JSON.stringify(pageOf(request, found, false)) };
  },
};

async function rowOf(request: RouteRequest, record: RunRecord): Promise<RunRow> {
  const ops = opsOf(request);
  const [closed] = await ops.of('run', record.id);
  const checks = await ops.of('quality_results', record.id);
  const stages = record.stages.map(({ stage, rowsIn, rowsOut, quarantined, seconds, bytes }) => ({
    stage,
    rows_in: rowsIn,
    rows_out: rowsOut,
    quarantined,
    seconds,
    bytes,
  }));
  const { startedAt, finishedAt } = record;
  return {
    run_id: record.id,
    status: record.status,
    as_of: record.asOf,
    engine: record.engine,
    started_at: startedAt,
    finished_at: finishedAt,
    seconds: finishedAt === null ? null : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000,
    is_current: request.served?.meta.runId === record.id,
    error_name: record.error?.name ?? null,
    error_message: record.error?.message ?? null,
    warnings: record.warnings.length,
    checks_failed: checks.filter(({ passed }) => passed !== true).length,
    rows_loaded: Number(closed?.rows_loaded ?? 0),
    rows_quarantined: Number(closed?.rows_quarantined ?? 0),
    bytes_written: stages.reduce((sum, { bytes }) => sum + bytes, 0),
    cost_usd: closed?.cost_usd == null ? null : Number(closed.cost_usd),
    stages,
  };
}

type Check = z.infer<typeof checkSchema>;

/** Failed ones first. */
async function checksOf(request: RouteRequest, runId: string): Promise<Check[]> {
  return (await opsOf(request).of('quality_results', runId))
    .map((row) => ({
      run_id: runId,
      table_name: String(row.table_name),
      check_name: String(row.check_name),
      severity: row.severity as Check['severity'],
      passed: row.passed === true,
      value: Number(row.value),
      threshold: Number(row.threshold),
      description: String(row.description),
      sample: (JSON.parse(String(row.sample)) as unknown[]).map(String),
      sql: String(row.check_sql),
    }))
    .toSorted(
      (a, b) =>
        Number(a.passed) - Number(b.passed) || byText(a.table_name, b.table_name) || byText(a.check_name, b.check_name),
    );
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The newest run that judged anything; '' when none did. */
export async function lastJudged(request: RouteRequest): Promise<string> {
  for (const { id } of await request.ports.runs.list(runsSearched)) {
    if ((await opsOf(request).of('quality_results', id)).length > 0) return id;
  }
  return '';
}

function extractOf(row: OpsRow): Run['extracts'][number] {
  return {
    object: String(row.object),
    status: row.status as Run['extracts'][number]['status'],
    message: textOrNull(row.message),
    window_from: textOrNull(row.window_from),
    window_to: textOrNull(row.window_to),
    rows_read: Number(row.rows_read),
    rows_loaded: Number(row.rows_loaded),
    deletions: Number(row.deletions),
  };
}

function textOrNull(value: OpsRow[string] | undefined): string | null {
  return value == null ? null : String(value);
}
