import { opsMetaColumns, opsTables } from './ops-tables.ts';
import type { Column, TableName } from './table.ts';

/** A table of JSON Lines that lies below one prefix, outside of publications. */
export interface LinesTable {
  readonly table: TableName;
  readonly columns: readonly Column[];
  /** Key prefix in the processed bucket, without a slash at its end. */
  readonly prefix: string;
}

/** The one object whose replacement publishes a run, as a table: which slices readers see now. */
const current: LinesTable = {
  table: 'ops.current',
  columns: [
    { name: 'table_name', type: 'varchar' },
    { name: 'slice', type: 'varchar' },
    { name: 'publication', type: 'varchar' },
    { name: 'newest', type: 'varchar' },
    { name: 'generation', type: 'bigint' },
  ],
  prefix: 'catalog/current',
};

/** What analysts read of the pipeline itself. */
export const linesTables: readonly LinesTable[] = [
  current,
  ...opsTables.map(({ table, columns }) => ({
    table,
    columns: [...columns, ...opsMetaColumns],
    prefix: table.replace('.', '/'),
  })),
];
