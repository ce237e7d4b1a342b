import { moneyColumns, rateColumns } from './conversion.ts';
import { castColumns } from './mapped-text.ts';
import type { Mapping, MappingColumn } from './mapping.ts';
import type { Column } from './table.ts';

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

/** Names of the text and of the value as they stand between the steps of the query. */
export const textOf = (column: MappingColumn) => (column.type === 'varchar' ? column.name : `_text_${column.name}`);
export const typedOf = (column: MappingColumn) => (column.money ? `${column.name}_original` : column.name);

/** What stands in every step between typing and the end. */
export function carried(mapping: Mapping): string[] {
  return [
    ...mapping.columns.map((column) => typedOf(column)),
    ...castColumns(mapping).map((column) => textOf(column)),
    'is_deleted',
    'system_modstamp',
    '_source_system',
    '_extracted_at',
  ];
}

/** Lines of a SELECT. */
export function list(items: readonly string[], indent = '  '): string {
  return items.map((item) => `${indent}${item}`).join(',\n');
}
