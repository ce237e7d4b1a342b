import { glueType } from './glue-type.ts';
import type { Column } from './table.ts';

/** A column as the Glue catalog holds it. */
export interface GlueColumn {
  readonly name: string;
  readonly type: string;
}

/** The partition column of a table that holds many versions: the id of the version. */
export const sliceColumn = '_slice';

export function glueColumns(columns: readonly Column[]): GlueColumn[] {
  return columns.map(({ name, type }) => ({ name, type: glueType(type) }));
}

/**
 * The columns of a table that has to serve old and new versions: known ones stay where they are, with the type that is wanted now, and new
 * ones follow. So the columns of every older version are the first ones of the table, by name and by position; what a version lacks is null.
 */
export function grownColumns(known: readonly GlueColumn[], wanted: readonly GlueColumn[]): GlueColumn[] {
  const types = new Map(wanted.map(({ name, type }) => [name, type]));
  const kept = known.map(({ name, type }) => ({ name, type: types.get(name) ?? type }));
  const names = new Set(known.map(({ name }) => name));
  return [...kept, ...wanted.filter(({ name }) => !names.has(name))];
}

export function sameColumns(one: readonly GlueColumn[], other: readonly GlueColumn[]): boolean {
  return (
    JSON.stringify(one.map(({ name, type }) => [name, type])) ===
    JSON.stringify(other.map(({ name, type }) => [name, type]))
  );
}
