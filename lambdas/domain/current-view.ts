import type { ViewDatabases } from './athena-view.ts';
import type { TableVersion } from './table.ts';
import { literal } from './sql-text.ts';

/**
 * The statement that makes `<ops>.current`, the slices that analysts read of each table, in Athena. It is a view, not a table of files: a query
 * looks a view up once, however often it reads it, so that all tables of a query are of one publication, also while another one is being
 * published.
 */
export function currentView({ ops }: ViewDatabases, versions: readonly TableVersion[]): string {
  const rows = versions
    .flatMap(({ table, slices }) => slices.map(({ id }) => `(${literal(table)}, ${literal(id)})`))
    .sort()
    .join(', ');
  const columns = `cast("table_name" as varchar) as "table_name", cast("slice" as varchar) as "slice"`;
  const source =
    rows === ''
      ? "(VALUES ('', '')) as slices (table_name, slice) WHERE false"
      : `(VALUES ${rows}) as slices (table_name, slice)`;
  return `CREATE OR REPLACE VIEW "${ops}"."current" AS\nSELECT ${columns} FROM ${source}`;
}
