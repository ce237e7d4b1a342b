import { dropQuarantineColumns } from '../../domain/bronze-table.ts';
import type { Loaded, LoadGroup } from '../../ports/drop-reader.ts';
import type { Workspace } from '../../ports/workspace.ts';
import { duckDbType, verifyFooters, type WrittenPart, writeParquet } from '../duckdb/parquet-files.ts';
import type { DuckDbSession } from '../duckdb/session.ts';
import { type WatchedGroup, withoutChanged } from './changed-files.ts';
import { judgeFiles, type StagedFile } from './judge-files.ts';
import { rawRecords } from './raw-records.ts';
import { stageSql } from './stage-sql.ts';
import { identifier, literal, timestampText } from '../../domain/sql-text.ts';

/** Stages, judges and writes one group of files: good rows of accepted files to bronze, their bad rows to quarantine. */
export async function loadGroup(
  session: DuckDbSession,
  workspace: Workspace,
  group: WatchedGroup,
  signal: AbortSignal,
): Promise<Loaded> {
  try {
    await session.run(stageSql(group), signal);
    const staged = await withoutChanged(group, await judgeFiles(session, group));
    const taken = staged.filter((file) => file.judged.rejected.length === 0);
    await createFileTables(session, group, taken);
    const accepted = taken.some((file) => file.judged.counts.loaded > 0)
      ? await writeAccepted(session, workspace, group, taken, signal)
      : [];
    const bad = taken.some((file) => file.judged.counts.quarantined > 0);
    const quarantined = bad ? await writeQuarantined(session, workspace, group, taken, signal) : [];
    return { files: staged.map((file) => file.judged), accepted, quarantined };
  } finally {
    for (const table of ['staged', 'duplicate_record', 'load_file', 'line_shift', 'raw_record']) {
      await session.run(`drop table if exists ${table}`);
    }
  }
}

/**
 * `load_file`: the accepted files, one row each; `line_shift`: where line numbers jump. What is the same in every row of a file is an
 * ENUM: written as a dictionary code instead of a text per row, which takes a quarter off the time of writing. Parquet shows text.
 */
async function createFileTables(session: DuckDbSession, group: LoadGroup, taken: readonly StagedFile[]): Promise<void> {
  const sources = taken.flatMap(({ index, first }) => {
    const file = group.files[index];
    return file === undefined ? [] : [{ index, first, file }];
  });
  const keys = constants(sources.map(({ file }) => file.key));
  const hashes = constants(sources.map(({ file }) => file.sha256));
  const [dataset, run] = [constants([group.dataset.dataset]), constants([group.runId])];
  await session.run(
    `create or replace temp table load_file (_fi ubigint, first bigint, key ${keys}, sha256 ${hashes}, file_date date, dataset ${dataset}, run_id ${run})`,
  );
  for (const { index, first, file } of sources) {
    const values = [index, first, literal(file.key), literal(file.sha256), `date ${literal(file.fileDate)}`];
    await session.run(
      `insert into load_file values (${values.join(', ')}, ${literal(group.dataset.dataset)}, ${literal(group.runId)})`,
    );
  }
  await session.run('create or replace temp table line_shift (_fi ubigint, record bigint, shift bigint)');
  const shifts = taken.flatMap((file) =>
    (group.files[file.index]?.local.lineShifts ?? []).map((shift) => ({ ...shift, index: file.index })),
  );
  const appender = await session.connection.createAppender('line_shift');
  for (const { index, record, shift } of shifts) {
    appender.appendUBigInt(BigInt(index));
    appender.appendBigInt(BigInt(record));
    appender.appendBigInt(BigInt(shift));
    appender.endRow();
  }
  appender.closeSync();
}

function constants(values: readonly string[]): string {
  return values.length === 0 ? 'varchar' : `enum(${[...new Set(values)].map(literal).join(', ')})`;
}

/** The first data record of a CSV file is on line 2, of JSON Lines on line 1; Parquet has rows, counted from 1. */
function firstLine(group: LoadGroup): number {
  return group.dataset.file.format === 'csv' ? 2 : 1;
}

function lineSql(group: LoadGroup): { line: string; join: string } {
  const shifted = group.files.some((file) => file.local.lineShifts.length > 0);
  const plain = `s.rowid - f.first + ${firstLine(group)}`;
  if (!shifted) return { line: plain, join: '' };
  return {
    line: `s.rowid - f.first + coalesce(l.shift, ${firstLine(group)})`,
    join: 'asof left join line_shift l on l._fi = s._fi and l.record <= s.rowid - f.first',
  };
}

async function writeAccepted(
  session: DuckDbSession,
  workspace: Workspace,
  group: LoadGroup,
  taken: readonly StagedFile[],
  signal: AbortSignal,
): Promise<WrittenPart[]> {
  const { line, join } = lineSql(group);
  // Most groups have no identical lines, and a join that finds nothing is not free.
  const suspects = taken.some((file) => file.judged.counts.duplicateSuspects > 0);
  const meta: Record<string, string> = {
    _flags: suspects ? "case when d.record is not null then 'DUPLICATE_SUSPECT' end" : 'null',
    _source_system: 'f.dataset',
    _source_file: 'f.key',
    _source_line: line,
    _file_sha256: 'f.sha256',
    _file_date: 'f.file_date',
    _extracted_at: `timestamp ${literal(timestampText(group.extractedAt))}`,
    _run_id: 'f.run_id',
  };
  const select = group.columns.map(({ name, type }) => {
    const value = meta[name] ?? `s.${identifier(name)}`;
    // A cast would turn the codes of an ENUM into texts; the footers are compared with the contract either way.
    const typed = value.startsWith('f.') ? value : `cast(${value} as ${duckDbType(type)})`;
    return `${typed} as ${identifier(name)}`;
  });
  const duplicates = suspects ? 'left join duplicate_record d on d.record = s.rowid' : '';
  const exact = suspects && group.dataset.duplicates === 'exact' ? ' and d.record is null' : '';
  return await write(session, workspace, group.prefix, signal, {
    select: `select ${select.join(', ')} from staged s join load_file f on f._fi = s._fi ${join} ${duplicates} where s._reasons is null${exact}`,
    partitionBy: group.dataset.partition === undefined ? [] : [group.dataset.partition.name],
    table: `bronze.${group.dataset.table}`,
    columns: group.columns,
  });
}

async function writeQuarantined(
  session: DuckDbSession,
  workspace: Workspace,
  group: LoadGroup,
  taken: readonly StagedFile[],
  signal: AbortSignal,
): Promise<WrittenPart[]> {
  await createRawRecords(session, group, taken);
  const { line, join } = lineSql(group);
  const raw = group.dataset.file.format === 'parquet' ? 's._raw' : 'r.raw';
  return await write(session, workspace, group.quarantinePrefix, signal, {
    select: `select s._reasons, ${raw} as _raw, f.key as _source_file, cast(${line} as bigint) as _source_line, f.sha256 as _file_sha256,
      cast(timestamp ${literal(timestampText(group.extractedAt))} as timestamp_ms) as _extracted_at, ${literal(group.runId)} as _run_id
      from staged s join load_file f on f._fi = s._fi ${join} left join raw_record r on r.record = s.rowid where s._reasons is not null`,
    partitionBy: [],
    table: `quarantine.${group.dataset.dataset}`,
    columns: dropQuarantineColumns,
  });
}

/** `raw_record`: the text of every bad record, read again from the file. */
async function createRawRecords(session: DuckDbSession, group: LoadGroup, taken: readonly StagedFile[]): Promise<void> {
  await session.run('create or replace temp table raw_record (record bigint, raw varchar)');
  if (group.dataset.file.format === 'parquet') return;
  const isCsv = group.dataset.file.format === 'csv';
  const shape = {
    quote: isCsv ? group.dataset.file.quote : null,
    blankRecords: isCsv && group.match.header.length === 1,
  };
  const appender = await session.connection.createAppender('raw_record');
  for (const file of taken) {
    const path = group.files[file.index]?.local.path;
    if (path === undefined || file.judged.counts.quarantined === 0) continue;
    const bad = await session.rows(
      `select rowid - ${file.first} as record from staged where _fi = ${file.index} and _reasons is not null order by rowid`,
    );
    for await (const { record, raw } of rawRecords(
      path,
      bad.map((row) => Number(row.record)),
      shape,
    )) {
      appender.appendBigInt(BigInt(file.first + record));
      appender.appendVarchar(raw);
      appender.endRow();
    }
  }
  appender.closeSync();
}

async function write(
  session: DuckDbSession,
  workspace: Workspace,
  prefix: string,
  signal: AbortSignal,
  what: { select: string; partitionBy: readonly string[]; table: string; columns: LoadGroup['columns'] },
): Promise<WrittenPart[]> {
  const folder = await workspace.target(prefix);
  const parts = await writeParquet(
    session,
    { select: what.select, folder, prefix, partitionBy: what.partitionBy },
    signal,
  );
  const paths = parts.flatMap((part) => part.files.map((file) => folder + file.key.slice(prefix.length)));
  await verifyFooters(session, what.table, paths, what.columns);
  await workspace.push(prefix);
  return parts;
}
