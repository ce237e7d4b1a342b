import type { ColumnType } from './column-type.ts';
import type { PersonalMark } from './personal-data.ts';

/** `layer.table`, as analysts write it: `gold.customers_data_mart`. */
export type TableName = `${string}.${string}`;

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly description?: string | undefined;
  readonly unit?: string | undefined;
  readonly pii?: PersonalMark | undefined;
}

/** One immutable Parquet file. */
export interface DataFile {
  /** Object key in the processed bucket. */
  readonly key: string;
  readonly rows: number;
  readonly bytes: number;
}

/** What one build wrote for a table, or for one partition of it; immutable, shared by the publications that keep it. */
export interface Slice {
  /** Unique name of the version: `<runId>/<attempt>`, with the partition behind it where there is one. */
  readonly id: string;
  /** Partition column -> value; empty for a table written whole. */
  readonly partition: Readonly<Record<string, string>>;
  readonly runId: string;
  /** Columns of the files, in order: an older slice may have fewer than the table has today. */
  readonly columns: readonly Column[];
  readonly files: readonly DataFile[];
  readonly rows: number;
  readonly bytes: number;
  /** Column -> number of nulls, where the writer told it. */
  readonly nulls: Readonly<Record<string, number>>;
  /** Hash over all that decided the content (SQL, inputs, parameters); equal fingerprints mean equal content. */
  readonly fingerprint: string;
  /** Of a table that is appended to: ids of the slices of its source that the rows were computed from. */
  readonly sources?: readonly string[] | undefined;
}

/** A table as one publication, or one run in progress, sees it. */
export interface TableVersion {
  readonly table: TableName;
  readonly columns: readonly Column[];
  readonly partitionBy: readonly string[];
  readonly slices: readonly Slice[];
  /** For appended logs: of rows that agree in these columns only the one written last (`_closed_at`) is shown. */
  readonly latestBy?: readonly string[] | undefined;
}

export function layerOf(table: TableName): string {
  return table.slice(0, table.indexOf('.'));
}

export function baseName(table: TableName): string {
  return table.slice(table.indexOf('.') + 1);
}

export function rowsOf(version: TableVersion): number {
  return version.slices.reduce((sum, slice) => sum + slice.rows, 0);
}

export function bytesOf(version: TableVersion): number {
  return version.slices.reduce((sum, slice) => sum + slice.bytes, 0);
}

export function partitionLabel(partition: Readonly<Record<string, string>>): string {
  return Object.entries(partition)
    .map(([column, value]) => `${column}=${value}`)
    .join('/');
}

/** The partition that a label stands for. */
export function partitionOf(label: string): Record<string, string> {
  return Object.fromEntries(label.split('/').map((part) => part.split('=', 2) as [string, string]));
}

/** What files hold together. */
export function sizeOf(files: readonly DataFile[]): { rows: number; bytes: number } {
  return {
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
  };
}
