/**
 * The column types of the lake: what both engines write to Parquet in the same way. No double, no HUGEINT, no time zone.
 * Source: docs/adr/0003-one-dialect.md.
 */
export type ColumnType =
  | 'boolean'
  | 'integer'
  | 'bigint'
  | 'date'
  | 'timestamp'
  | 'varchar'
  | `decimal(${number},${number})`;

export const columnTypeNames = 'boolean, integer, bigint, date, timestamp, varchar, decimal(p,s)';

const decimalPattern = /^decimal\((\d{1,2}),(\d{1,2})\)$/;

/** Precision and scale of a decimal type, or undefined for any other type. */
export function decimalDigits(type: string): { precision: number; scale: number } | undefined {
  const match = decimalPattern.exec(type);
  if (match === null) return undefined;
  const precision = Number(match[1]);
  const scale = Number(match[2]);
  return precision >= 1 && precision <= 38 && scale <= precision ? { precision, scale } : undefined;
}

export function isColumnType(text: string): text is ColumnType {
  return (
    ['boolean', 'integer', 'bigint', 'date', 'timestamp', 'varchar'].includes(text) || decimalDigits(text) !== undefined
  );
}
