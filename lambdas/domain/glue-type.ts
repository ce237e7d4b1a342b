import type { ColumnType } from './column-type.ts';

/** The Glue catalog's (Hive's) name of a column type; decimals are written alike. */
export function glueType(type: ColumnType): string {
  if (type === 'varchar') return 'string';
  return type === 'integer' ? 'int' : type;
}
