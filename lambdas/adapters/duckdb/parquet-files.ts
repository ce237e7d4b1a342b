import { decimalDigits, type ColumnType } from '../../domain/column-type.ts';
import { ModelError } from '../../domain/errors.ts';
import type { Column, DataFile } from '../../domain/table.ts';
import { type DuckDbSession, literalList } from './session.ts';
import { identifier, literal } from '../../domain/sql-text.ts';

/** DuckDB's name of a column type. */
export function duckDbType(type: ColumnType): string {
  return type === 'timestamp' ? 'TIMESTAMP_MS' : type.toUpperCase();
}

export interface WrittenPart {
  readonly partition: Readonly<Record<string, string>>;
  readonly files: readonly DataFile[];
  readonly nulls: Readonly<Record<string, number>>;
}

/** Rows of a Parquet row group: large enough to compress well, small enough for two threads to share a file. */
const rowGroupSize = 122_880;

/** A column with more values than this in a row group gets no dictionary: looking for one up to DuckDB's own limit is a tenth of the work. */
const dictionarySize = 5_000;

/**
 * Writes a SELECT as ZSTD Parquet below an empty local folder and tells what was written, partition by partition.
 * `prefix` is the object key that the folder stands for.
 */
export async function writeParquet(
  session: DuckDbSession,
  request: { select: string; folder: string; prefix: string; partitionBy: readonly string[] },
  signal?: AbortSignal,
): Promise<WrittenPart[]> {
  const options = [
    'format parquet',
    // The level above takes a fifth more time, for files no smaller.
    'compression zstd',
    'compression_level 1',
    `row_group_size ${rowGroupSize}`,
    `dictionary_size_limit ${dictionarySize}`,
    "filename_pattern 'part-{i}'",
    'return_stats',
    request.partitionBy.length > 0
      ? `partition_by (${request.partitionBy.map(identifier).join(', ')}), write_partition_columns true`
      : 'per_thread_output',
  ];
  const rows = await session.rows(
    `copy (${request.select}) to ${literal(request.folder)} (${options.join(', ')})`,
    signal,
  );
  const parts = new Map<
    string,
    { partition: Record<string, string>; files: DataFile[]; nulls: Record<string, number> }
  >();
  for (const row of rows as unknown as CopyStats[]) {
    if (Number(row.count) === 0) continue;
    const partition = Object.fromEntries((row.partition_keys ?? []).map(({ key, value }) => [key, value]));
    const label = JSON.stringify(partition);
    const part = parts.get(label) ?? { partition, files: [], nulls: {} };
    parts.set(label, part);
    part.files.push({
      key: request.prefix + row.filename.slice(request.folder.length),
      rows: Number(row.count),
      bytes: Number(row.file_size_bytes),
    });
    for (const column of row.column_statistics) {
      const nulls = column.value.find((statistic) => statistic.key === 'null_count');
      const name = column.key.replace(/^"|"$/g, '').replaceAll('""', '"');
      part.nulls[name] = (part.nulls[name] ?? 0) + Number(nulls?.value ?? 0);
    }
  }
  return [...parts.values()].toSorted((a, b) => (JSON.stringify(a.partition) < JSON.stringify(b.partition) ? -1 : 1));
}

interface CopyStats {
  readonly filename: string;
  readonly count: string;
  readonly file_size_bytes: string;
  readonly column_statistics: readonly { key: string; value: readonly { key: string; value: string }[] }[];
  readonly partition_keys: readonly { key: string; value: string }[] | null;
}

/** Compares the footers of written files with the columns they should have. Throws ModelError naming every difference. */
export async function verifyFooters(
  session: DuckDbSession,
  table: string,
  paths: readonly string[],
  columns: readonly Column[],
  writer: 'duckdb' | 'athena' = 'duckdb',
): Promise<void> {
  if (paths.length === 0) return;
  const footer = await session.rows(
    `select distinct name, type, converted_type, scale, precision
     from parquet_schema(${literalList(paths)}) where num_children is null or num_children = 0`,
  );
  const found = new Map<string, Set<string>>();
  for (const row of footer) {
    const name = String(row.name);
    found.set(name, (found.get(name) ?? new Set()).add(footerType(row)));
  }
  const problems: string[] = [];
  for (const column of columns) {
    const types = [...(found.get(column.name) ?? [])];
    const expected = expectedFooterType(column.type);
    const accepted = [expected, ...(writer === 'athena' ? (athenaTypes[expected] ?? []) : [])];
    if (types.length === 0 || types.some((type) => !accepted.includes(type))) {
      problems.push(
        `${column.name}: expected ${column.type} (${expected}), the file has ${types.join(' and ') || 'no such column'}`,
      );
    }
  }
  for (const name of found.keys()) {
    if (!columns.some((column) => column.name === name)) problems.push(`${name}: not in the contract`);
  }
  if (problems.length > 0) {
    throw new ModelError(
      `The Parquet files written for ${table} do not have the contract's columns: ${problems.join('; ')}.`,
    );
  }
}

/** How Athena writes the same values, depending on its release: without the note that an integer has a sign, and time stamps as of old. */
const athenaTypes: Readonly<Record<string, readonly string[]>> = {
  INT_32: ['INT32'],
  INT_64: ['INT64'],
  TIMESTAMP_MILLIS: ['INT96'],
};

function footerType(row: Record<string, unknown>): string {
  const converted = row.converted_type === null ? '' : String(row.converted_type);
  if (converted === 'DECIMAL') return `DECIMAL(${row.precision},${row.scale})`;
  return converted === '' ? String(row.type) : converted;
}

function expectedFooterType(type: ColumnType): string {
  const digits = decimalDigits(type);
  if (digits !== undefined) return `DECIMAL(${digits.precision},${digits.scale})`;
  const names: Record<string, string> = {
    boolean: 'BOOLEAN',
    integer: 'INT_32',
    bigint: 'INT_64',
    date: 'DATE',
    timestamp: 'TIMESTAMP_MILLIS',
    varchar: 'UTF8',
  };
  return names[type] ?? type;
}
