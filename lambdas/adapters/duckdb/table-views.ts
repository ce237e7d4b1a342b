import { ModelError } from '../../domain/errors.ts';
import {
  baseName,
  type Column,
  layerOf,
  rowsOf,
  type Slice,
  type TableName,
  type TableVersion,
} from '../../domain/table.ts';
import { type View, viewSelect } from '../../domain/view.ts';
import type { Parameter } from '../../ports/sql-engine.ts';
import type { Workspace } from '../../ports/workspace.ts';
import { duckDbType } from './parquet-files.ts';
import { type DuckDbSession, literalList } from './session.ts';
import { identifier, literal } from '../../domain/sql-text.ts';

/** A table of so many files takes longer to open than to read; held in memory if it has no more rows than this. */
const keptTables = { files: 50, rows: 1_000_000 };

/**
 * Makes every table readable under its name, as exactly the version handed in. `shown` remembers the version behind each name, so that
 * what stands already is not made again. With `keep`, tables of many small files are read now, once, instead of by every statement.
 */
export async function createTableViews(
  session: DuckDbSession,
  workspace: Workspace,
  tables: readonly TableVersion[],
  shown: Map<TableName, TableVersion>,
  keep: boolean,
): Promise<void> {
  for (const table of tables) {
    if (shown.get(table.table) === table) continue;
    shown.delete(table.table);
    const files = table.slices.reduce((sum, slice) => sum + slice.files.length, 0);
    let sql = await tableSql(workspace, table);
    if (keep && files >= keptTables.files && rowsOf(table) <= keptTables.rows) {
      const kept = identifier(`kept ${table.table}`);
      // Materialised first: inserting straight from many files in their order takes half as long again.
      await session.run(
        `create or replace temp table ${kept} as with rows as materialized (${sql}) select * from rows`,
      );
      // The comment makes it another text for another version, which is then bound anew.
      sql = `select * from temp.${kept} /* ${table.slices.at(-1)?.id} */`;
    }
    await session.defineView(layerOf(table.table), baseName(table.table), sql);
    shown.set(table.table, table);
  }
}

export async function createParametersView(session: DuckDbSession, parameters: readonly Parameter[]): Promise<void> {
  const values = parameters.map(
    ({ name, type, value }) => `cast(${literal(value)} as ${duckDbType(type)}) as ${identifier(name)}`,
  );
  await session.defineView('run', 'parameters', `select ${values.join(', ')}`);
}

/** Makes a view of the configuration readable under its name; the tables that it reads have to be. */
export async function createView(session: DuckDbSession, { view, contract, sql }: View): Promise<void> {
  const select = viewSelect(contract, sql, ({ type }) => duckDbType(type));
  await session.defineView(layerOf(view), baseName(view), select);
}

/** A SELECT over exactly the files of a version. Slices of one column list are read together; an older list gets nulls for columns it lacks. */
export async function tableSql(workspace: Workspace, version: TableVersion): Promise<string> {
  const byColumns = new Map<string, Slice[]>();
  for (const slice of version.slices) {
    if (slice.files.length === 0) continue;
    const signature = slice.columns.map((column) => `${column.name} ${column.type}`).join(', ');
    byColumns.set(signature, [...(byColumns.get(signature) ?? []), slice]);
  }
  const selects: string[] = [];
  for (const slices of byColumns.values()) {
    const paths = await Promise.all(slices.flatMap((slice) => slice.files.map((file) => workspace.pull(file.key))));
    const stored = slices[0]?.columns ?? [];
    selects.push(`select ${columnList(version.columns, stored)} from ${reader(paths, stored)}`);
  }
  const all =
    selects.length > 0 ? selects.join(' union all ') : `select ${columnList(version.columns, [])} where false`;
  return version.latestBy === undefined ? all : latestSql(all, version.columns, version.latestBy);
}

function latestSql(sql: string, columns: readonly Column[], by: readonly string[]): string {
  const names = columns.map((column) => identifier(column.name)).join(', ');
  const rank = `row_number() over (partition by ${by.map(identifier).join(', ')} order by _closed_at desc, _run_id desc)`;
  return `select ${names} from (select *, ${rank} as _recency from (${sql})) where _recency = 1`;
}

function columnList(columns: readonly Column[], stored: readonly Column[]): string {
  return columns
    .map((column) => {
      const has = stored.find(({ name }) => name === column.name);
      const value = has === undefined ? 'null' : identifier(column.name);
      // Athena's files hold time stamps in another form than DuckDB's.
      return has?.type === column.type && column.type !== 'timestamp'
        ? value
        : `cast(${value} as ${duckDbType(column.type)}) as ${identifier(column.name)}`;
    })
    .join(', ');
}

function reader(paths: readonly string[], columns: readonly Column[]): string {
  const lines = paths.filter((path) => path.endsWith('.jsonl')).length;
  if (lines === 0) return `read_parquet(${literalList(paths)}, hive_partitioning = false)`;
  if (lines < paths.length) throw new ModelError('A table cannot mix Parquet and JSON Lines files.');
  const types = columns.map(({ name, type }) => `${identifier(name)}: ${literal(duckDbType(type))}`);
  return `read_json(${literalList(paths)}, format = 'newline_delimited', columns = {${types.join(', ')}})`;
}
