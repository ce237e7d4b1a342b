import type { ColumnType } from '../../domain/column-type.ts';

/** A SQL string literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A SQL identifier, always quoted. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Athena's name of a column type; milliseconds are what the contracts promise. */
export function athenaType(type: ColumnType): string {
  return type === 'timestamp' ? 'timestamp(3)' : type;
}
