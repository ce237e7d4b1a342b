import type { ExtractOutcome } from '../domain/outcomes.ts';
import type { FileRecord } from '../domain/file-record.ts';
import { bytesOf, rowsOf, type TableVersion } from '../domain/table.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import type { ClosedRun } from './closed-run.ts';
import { timestampText } from '../domain/sql-text.ts';

type Row = Readonly<Record<string, string | number | boolean | null>>;

/** Writes the run's rows of every ops table, one JSON Lines object each: `ops/<table>/<runId>/<token>.jsonl`. */
export async function writeOps(ports: PipelinePorts, closed: ClosedRun): Promise<void> {
  const { record } = closed;
  const write = async (table: string, rows: readonly Row[]) => {
    const closedAt = timestampText(record.finishedAt ?? record.startedAt);
    const lines = rows
      .map((row) => `${JSON.stringify({ ...row, _run_id: record.id, _closed_at: closedAt }, wellFormed)}\n`)
      .join('');
    if (lines !== '') await ports.lake.write(`ops/${table}/${record.id}/${record.fencingToken}.jsonl`, lines);
  };
  await write(
    'file_status',
    closed.files.map((file) => fileRow(file)),
  );
  await write(
    'extract_status',
    closed.extracts.map((extract) => extractRow(record.id, extract)),
  );
  await write(
    'schema_change',
    closed.extracts.flatMap((extract) => schemaRows(record.id, extract)),
  );
  await write(
    'quality_results',
    closed.checks.map((check) => ({
      run_id: record.id,
      table_name: check.table,
      check_name: check.check,
      severity: check.severity,
      passed: check.passed,
      value: check.value,
      threshold: check.threshold,
      description: check.description,
      sample: JSON.stringify(check.sample),
      check_sql: check.sql,
    })),
  );
  if (record.status === 'PUBLISHED') await write('table_stats', await tableStats(ports, record.id));
  await write('run', [runRow(closed)]);
}

/** A hostile file name may have halves of surrogate pairs, which are no text for whoever reads the line. */
function wellFormed(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

function fileRow(file: FileRecord): Row {
  return {
    file_id: file.id,
    key: file.key,
    dataset: file.dataset,
    status: file.status,
    bytes: file.bytes,
    sha256: file.sha256,
    received_at: timestampText(file.receivedAt),
    updated_at: timestampText(file.updatedAt),
    rows_read: file.counts?.read ?? null,
    rows_loaded: file.counts?.loaded ?? null,
    rows_quarantined: file.counts?.quarantined ?? null,
    duplicate_suspects: file.counts?.duplicateSuspects ?? null,
    rows_dropped: file.counts?.dropped ?? null,
    reasons: JSON.stringify(file.reasons),
    duplicate_of: file.duplicateOf,
    archived_to: file.archivedTo,
    run_id: file.runId,
  };
}

function extractRow(runId: string, extract: ExtractOutcome): Row {
  const { window } = extract;
  return {
    run_id: runId,
    object: extract.object,
    status: extract.status,
    message: extract.message,
    window_from: window?.from == null ? null : timestampText(window.from),
    window_to: window === null ? null : timestampText(window.to),
    rows_read: extract.read,
    rows_loaded: extract.loaded,
    rows_known: extract.read - extract.loaded,
    deletions: extract.deletions,
    mended: extract.mended,
  };
}

function schemaRows(runId: string, { object, changes }: ExtractOutcome): Row[] {
  return changes.map(({ field, change, before, after }) => ({
    run_id: runId,
    object,
    field,
    change,
    type_before: before,
    type_after: after,
  }));
}

function runRow({ record, publication, files }: ClosedRun): Row {
  const accepted = files.filter((file) => file.verdict === 'accepted');
  const sum = (column: 'read' | 'loaded' | 'quarantined') =>
    accepted.reduce((total, file) => total + (file.counts?.[column] ?? 0), 0);
  const read = sum('read');
  const seconds = (Date.parse(record.finishedAt ?? record.startedAt) - Date.parse(record.startedAt)) / 1_000;
  return {
    run_id: record.id,
    status: record.status,
    as_of: record.asOf,
    started_at: timestampText(record.startedAt),
    finished_at: record.finishedAt === null ? null : timestampText(record.finishedAt),
    seconds,
    files: files.length,
    files_rejected: files.filter((file) => file.verdict === 'rejected').length,
    rows_read: read,
    rows_loaded: sum('loaded'),
    rows_quarantined: sum('quarantined'),
    error_rate: read === 0 ? null : Math.round((10_000 * sum('quarantined')) / read) / 100,
    engine: record.engine,
    bytes_scanned: bytesScanned(record),
    bytes_written: record.stages.reduce((total, stage) => total + stage.bytes, 0),
    publication,
    error_name: record.error?.name ?? null,
    error_message: record.error?.message ?? null,
    cost_usd: record.costUsd ?? null,
  };
}

/** By Athena, in all stages. */
function bytesScanned({ stages }: ClosedRun['record']): number {
  return stages.reduce((total, stage) => total + (stage.bytesScanned ?? 0), 0);
}

async function tableStats(ports: PipelinePorts, runId: string): Promise<Row[]> {
  const publication = await ports.catalog.load(runId);
  const base = publication.base === null ? [] : (await ports.catalog.load(publication.base)).tables;
  return publication.tables.flatMap((version) =>
    statsOf(
      version,
      base.find((table) => table.table === version.table),
      runId,
    ),
  );
}

function statsOf(version: TableVersion, before: TableVersion | undefined, runId: string): Row[] {
  const rows = rowsOf(version);
  const common = { run_id: runId, table_name: version.table, rows };
  const whole = {
    ...common,
    column_name: '',
    bytes: bytesOf(version),
    row_change: before === undefined ? null : rows - rowsOf(before),
    nulls: null,
    null_share: null,
  };
  const columns = version.columns.map((column) => {
    const nulls = version.slices.reduce((sum, slice) => sum + (slice.nulls[column.name] ?? slice.rows), 0);
    const share = rows === 0 ? null : Math.round((10_000 * nulls) / rows) / 10_000;
    return { ...common, column_name: column.name, bytes: null, row_change: null, nulls, null_share: share };
  });
  return [whole, ...columns];
}
