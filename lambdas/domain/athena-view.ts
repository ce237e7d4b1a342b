import { stableHash } from './stable-hash.ts';
import { replaceTables } from './table-references.ts';
import { baseName, type Column, layerOf, type TableName } from './table.ts';
import { type View, type ViewTable, viewSelect } from './view.ts';

/** Names of the Glue databases that a view reads from; it is itself in that of `analytics`. */
export interface ViewDatabases {
  readonly analytics: string;
  readonly ops: string;
}

export interface AthenaView {
  readonly database: string;
  readonly name: string;
  /** `CREATE OR REPLACE VIEW …`, the same text for the same view and databases. */
  readonly sql: string;
  /** Of the text: it has to be run again when, and only when, this is another. */
  readonly hash: string;
}

/**
 * The statement that makes a view in Athena. Tables of `analytics` are read as the version that `<ops>.current` names, so that the one
 * switch of a publication switches the view too; tables of `ops`, which runs append to, as the last row written for each thing.
 */
export function athenaView(view: View, databases: ViewDatabases): AthenaView {
  const tables = new Map(view.reads.map((read) => [read.table, read]));
  const resolved = replaceTables(view.sql, (table) => {
    const read = tables.get(table);
    return read === undefined ? undefined : `(${tableSelect(read, databases)})`;
  });
  const name = baseName(view.view);
  const select = viewSelect(view.contract, resolved, athenaType);
  const sql = `CREATE OR REPLACE VIEW "${databases.analytics}"."${name}" AS\n${select}`;
  return { database: databases.analytics, name, sql, hash: stableHash(sql) };
}

/** Athena's name of a column type. */
export function athenaType({ type }: Pick<Column, 'type'>): string {
  return type === 'timestamp' ? 'timestamp(3)' : type;
}

function tableSelect({ table, columns, latestBy }: ViewTable, databases: ViewDatabases): string {
  if (layerOf(table) === 'ops') return latestRows(`"${databases.ops}"."${baseName(table)}"`, columns, latestBy ?? []);
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  return `select ${names} from "${databases.analytics}"."${baseName(table)}" where ${inCurrentSlices(table, databases)}`;
}

function inCurrentSlices(table: TableName, databases: ViewDatabases): string {
  return `"_slice" in (select "slice" from "${databases.ops}"."current" where "table_name" = '${table}')`;
}

/** A run that was closed again wrote its rows again: its last closing counts, and then the last row of each thing over all runs. */
function latestRows(source: string, columns: readonly Column[], latestBy: readonly string[]): string {
  const values = columns.map((column) => `cast("${column.name}" as ${athenaType(column)}) as "${column.name}"`);
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const closing = 'dense_rank() over (partition by "_run_id" order by "_closed_at" desc) as "_closing"';
  const things = latestBy.map((name) => `"${name}"`).join(', ');
  const recency = `row_number() over (partition by ${things} order by "_closed_at" desc, "_run_id" desc) as "_recency"`;
  const typed = `select ${values.join(', ')} from ${source}`;
  const closed = `select ${names}, ${closing} from (${typed}) as "typed"`;
  const ranked = `select ${names}, ${recency} from (${closed}) as "closed" where "_closing" = 1`;
  return `select ${names} from (${ranked}) as "ranked" where "_recency" = 1`;
}
