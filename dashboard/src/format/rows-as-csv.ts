import { type CsvValue, csvText } from '../../../lambdas/domain/csv-text.ts';

/** Rows of an answer as CSV: a column for each of their fields, lists and objects as JSON. */
export function rowsAsCsv(rows: readonly object[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return csvText(
    names,
    rows.map((row) => names.map((name) => csvValue((row as Readonly<Record<string, unknown>>)[name]))),
  );
}

function csvValue(value: unknown): CsvValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  return JSON.stringify(value);
}
