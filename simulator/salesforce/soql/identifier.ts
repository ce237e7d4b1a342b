import type { ObjectShape } from '../../org/object-shape.ts';

/** A name of the org as an SQL identifier. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The table that holds an object's records. */
export function table(object: ObjectShape): string {
  return `org.${quoteIdentifier(object.name)}`;
}

export function column(alias: string, field: string): string {
  return `${alias}.${quoteIdentifier(field)}`;
}
