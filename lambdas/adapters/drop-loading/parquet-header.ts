import type { Dataset } from '../../domain/dataset.ts';
import { PipelineError } from '../../domain/errors.ts';
import { type FileReasonCode, fileReason, type LocatedReason } from '../../domain/reasons.ts';
import type { DuckDbSession } from '../duckdb/session.ts';
import { engineComplaint } from './engine-complaint.ts';
import { identifier, literal } from '../../domain/sql-text.ts';

export interface ParquetContent {
  readonly header: readonly string[];
  readonly records: number;
  readonly reasons: readonly LocatedReason[];
}

/** A Parquet file is read by itself, and its folders are names, not values: `id=5/` must not become a column. */
export function parquetSource(path: string): string {
  return `read_parquet(${literal(path)}, hive_partitioning = false)`;
}

/**
 * Column names and row count of a dropped Parquet file, or why it cannot be taken. All of it is decoded once: a page that is broken
 * shows here, and so does a file of a few kilobytes whose dictionary stands for terabytes. Throws PipelineErrors only: what happens
 * to the machine or the run.
 */
export async function parquetHeader(
  session: DuckDbSession,
  path: string,
  file: Dataset['file'],
  signal?: AbortSignal,
): Promise<ParquetContent> {
  try {
    const columns = await session.rows(`describe select * from ${parquetSource(path)}`, signal);
    const unsupported = columns
      .filter((column) => /STRUCT|MAP|BLOB|\[|UNION/.test(String(column.column_type)))
      .map(({ column_name: name, column_type: type }) =>
        fileReason('UNSUPPORTED_TYPE', `Column '${name}' has type ${type}; plain values are expected.`),
      );
    if (unsupported.length > 0) return refused(unsupported);
    if (columns.length > file.max_columns) {
      return refused([
        fileReason(
          'TOO_MANY_COLUMNS',
          `The file has ${columns.length} columns; at most ${file.max_columns} are allowed. Split the file, or raise max_columns in its contract.`,
        ),
      ]);
    }
    const [size = {}] = await session.rows(sizeSql(path, columns), signal);
    const reasons = sizeReasons(size, columns.length, file);
    return { header: await columnNames(session, path), records: Number(size.records), reasons };
  } catch (error) {
    if (error instanceof PipelineError) throw error;
    const complaint = engineComplaint(error, path);
    return refused([
      fileReason('CORRUPT_PARQUET', `The Parquet file cannot be read: ${complaint}. Write it anew and drop it again.`),
    ]);
  }
}

/** As they stand in the file; the engine renames those that it finds twice or empty. */
async function columnNames(session: DuckDbSession, path: string): Promise<string[]> {
  const fields = await session.rows(
    `select name from parquet_schema(${literal(path)}) where coalesce(num_children, 0) = 0`,
  );
  return fields.map((field) => String(field.name));
}

function sizeSql(path: string, columns: readonly Record<string, unknown>[]): string {
  const texts = columns.filter((column) => isText(column.column_type)).map(nameOf);
  const others = columns.filter((column) => !isText(column.column_type)).map(nameOf);
  const bytes = texts.map((name) => `coalesce(sum(strlen(${name})), 0)`);
  const longest = texts.map((name) => `max(strlen(${name}))`);
  return `select count(*) as records, ${bytes.join(' + ') || '0'} as bytes, coalesce(greatest(${longest.join(', ') || '0'}), 0) as longest${others
    .map((name) => `, count(${name})`)
    .join('')} from ${parquetSource(path)}`;
}

function nameOf(column: Record<string, unknown>): string {
  return identifier(String(column.column_name));
}

function isText(type: unknown): boolean {
  return ['VARCHAR', 'JSON'].includes(String(type));
}

function sizeReasons(size: Record<string, unknown>, columns: number, file: Dataset['file']): LocatedReason[] {
  // As text every value has at least a delimiter.
  const unpacked = Number(size.bytes) + Number(size.records) * columns;
  const found: [FileReasonCode, string][] = [];
  if (unpacked > file.max_bytes) {
    found.push([
      'EXPANSION_LIMIT',
      `The file unpacks to ${unpacked} bytes; at most ${file.max_bytes} are allowed (max_bytes). Split it into several files, or raise the limit in its contract.`,
    ]);
  }
  if (Number(size.longest) > file.max_field_bytes) {
    found.push([
      'FIELD_TOO_LONG',
      `A value has ${size.longest} bytes; at most ${file.max_field_bytes} are allowed. Shorten it, or raise max_field_bytes in the contract.`,
    ]);
  }
  return found.map(([code, message]) => fileReason(code, message));
}

function refused(reasons: readonly LocatedReason[]): ParquetContent {
  return { header: [], records: 0, reasons };
}
