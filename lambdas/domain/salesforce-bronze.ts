import { salesforceMetaColumns } from './salesforce-source.ts';
import type { Column, TableVersion } from './table.ts';

/** Columns of a bronze slice that holds these fields: their API names in lower case, all text, and where the row came from. */
export function bronzeFieldColumns(fields: readonly string[]): Column[] {
  return [...fields.map((name): Column => ({ name: name.toLowerCase(), type: 'varchar' })), ...salesforceMetaColumns];
}

/** A bronze table with every column that any of its slices has, fields in the order they were first seen. */
export function widened(version: TableVersion): TableVersion {
  const meta = new Set(salesforceMetaColumns.map((column) => column.name));
  const columns = new Map<string, Column>();
  for (const column of [...version.columns, ...version.slices.flatMap((slice) => slice.columns)]) {
    if (!meta.has(column.name) && !columns.has(column.name)) columns.set(column.name, column);
  }
  return { ...version, columns: [...columns.values(), ...salesforceMetaColumns] };
}
