import { moneyColumns, rateColumns } from './conversion.ts';
import type { Mapping, MappingColumn } from './mapping.ts';
import type { Column, TableName } from './table.ts';

const metaColumns: readonly Column[] = [
  { name: 'is_deleted', type: 'boolean', description: 'The record is deleted in the org, or gone from it' },
  { name: 'system_modstamp', type: 'timestamp', description: 'When this version of the record was written, UTC' },
  {
    name: '_bad_columns',
    type: 'varchar',
    description: 'Columns whose text their type does not take, between commas (`,amount,`); NULL when there is none',
  },
  { name: '_bad_values', type: 'varchar', description: 'The texts of those columns, each behind `column: `' },
  { name: '_source_system', type: 'varchar', description: 'salesforce, or salesforce-export for a Data Export file' },
  { name: '_extracted_at', type: 'timestamp', description: 'When the extraction that read the version began, UTC' },
];

/** All columns of a mapped table, in order. */
export function mappedColumns(mapping: Mapping): Column[] {
  const own = mapping.columns.flatMap((column) => {
    const { name, type, description, unit, pii } = column;
    return column.money
      ? moneyColumns({ name, type, description, unit, pii })
      : [{ name, type, description, unit, pii }];
  });
  const currency: Column = { name: 'currency', type: 'varchar', description: 'ISO 4217 code of the original amounts' };
  return [...own, ...(mapping.currency === undefined ? [] : [currency, ...rateColumns]), ...metaColumns];
}

/** The table of an object's typed versions. */
export const versionTable = (mapping: Mapping): TableName => `silver.${mapping.table}_version`;

/** All columns of the typed versions, in order: amounts as they came, and what decides which version is the latest. */
export function versionColumns(mapping: Mapping): Column[] {
  const own = mapping.columns.map((column): Column => {
    const { name, type, description, unit, pii } = column;
    const [, original] = column.money ? moneyColumns({ name, type, description, unit, pii }) : [];
    return original ?? { name, type, description, unit, pii };
  });
  const currency: Column = { name: '_own_currency', type: 'varchar', description: 'Currency that the record states' };
  const meta = metaColumns.map((column) =>
    column.name === 'is_deleted' ? { ...column, description: 'The version says that the record is deleted' } : column,
  );
  const run: Column = { name: '_extract_run_id', type: 'varchar', description: 'Run that extracted the version' };
  return [...own, ...(mapping.currency === undefined ? [] : [currency]), ...meta, run];
}

/** Names of the text and of the value as they stand between the steps of the query. */
export const textOf = (column: MappingColumn) => (column.type === 'varchar' ? column.name : `_text_${column.name}`);
export const typedOf = (column: MappingColumn) => (column.money ? `${column.name}_original` : column.name);

/** What stands in every step from the typed versions to the end. */
export function carried(mapping: Mapping): string[] {
  return [...mapping.columns.map((column) => typedOf(column)), ...metaColumns.map((column) => column.name)];
}

/** Lines of a SELECT. */
export function list(items: readonly string[], indent = '  '): string {
  return items.map((item) => `${indent}${item}`).join(',\n');
}
