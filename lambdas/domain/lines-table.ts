import { opsMetaColumns, opsTables } from './ops-tables.ts';
import type { Column, TableName } from './table.ts';

/** A table of JSON Lines that lies below one prefix, outside of publications. */
export interface LinesTable {
  readonly table: TableName;
  readonly columns: readonly Column[];
  /** Key prefix in the processed bucket, without a slash at its end. */
  readonly prefix: string;
}

/** What analysts read of the pipeline itself. */
export const linesTables: readonly LinesTable[] = opsTables.map(({ table, columns }) => ({
  table,
  columns: [...columns, ...opsMetaColumns],
  prefix: table.replace('.', '/'),
}));
