import type { Configuration } from './configuration.ts';
import { type Model, writtenColumns } from './model.ts';
import { opsMetaColumns, opsTables } from './ops-tables.ts';
import { repeated } from './repeated.ts';
import type { ParseSql, SqlShape } from './sql-shape.ts';
import { replaceTables } from './table-references.ts';
import { layerOf } from './table.ts';
import { type View, type ViewContract, viewLayer, type ViewTable } from './view.ts';

export interface ViewSource {
  readonly path: string;
  readonly sql: string;
  readonly contract: ViewContract;
}

/** Puts views together with the tables that they read; what is wrong with one is added to the problems, and the view left out. */
export async function assembleViews(
  sources: readonly ViewSource[],
  models: readonly Model[],
  parse: ParseSql,
  problems: string[],
): Promise<View[]> {
  const tables = viewTables(models);
  const views: View[] = [];
  for (const { path, sql, contract } of sources) {
    try {
      const shape = await parse(sql);
      const found = [...viewProblems(sql, shape, tables), ...nameProblems(contract, tables)];
      problems.push(...found.map((problem) => `${path}: ${problem}`));
      const reads = shape.tables.map((table) => tables.get(table)).filter((read) => read !== undefined);
      if (found.length === 0) views.push({ view: contract.view, sql: sql.trim(), contract, reads });
    } catch (error) {
      problems.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return views.toSorted((a, b) => (a.view < b.view ? -1 : 1));
}

/** The views that stand among these names. */
export function viewsAmong(configuration: Configuration, names: readonly string[]): View[] {
  return configuration.views.filter(({ view }) => names.includes(view));
}

/** What views may read: what analysts may. */
function viewTables(models: readonly Model[]): ReadonlyMap<string, ViewTable> {
  const analytics = models
    .filter(({ table }) => layerOf(table) === viewLayer)
    .map((model): ViewTable => ({ table: model.table, columns: writtenColumns(model) }));
  const ops = opsTables.map(({ table, columns, latestBy }): ViewTable => {
    return { table, columns: [...columns, ...opsMetaColumns], latestBy };
  });
  return new Map([...analytics, ...ops].map((read) => [read.table, read]));
}

function viewProblems(sql: string, shape: SqlShape, tables: ReadonlyMap<string, ViewTable>): string[] {
  if (!shape.singleSelect) return ['expected one SELECT'];
  if (shape.tables.length === 0) return ['a view reads tables; this one reads none'];
  const plain = new Set<string>();
  replaceTables(sql, (table) => {
    plain.add(table);
    return undefined;
  });
  return shape.tables.flatMap((table) => {
    if (!tables.has(table)) return [`a view cannot read ${table}, only ${[...tables.keys()].toSorted().join(', ')}`];
    if (!plain.has(table)) return [`write the table as ${table}, without quotes`];
    const misread = shape.columns.find((column) => column === table || column.startsWith(`${table}.`));
    return misread === undefined ? [] : [`the column ${misread} could be the table: give the table another alias`];
  });
}

function nameProblems({ view, columns }: ViewContract, tables: ReadonlyMap<string, ViewTable>): string[] {
  return [
    ...(tables.has(view) ? [`a table has the name ${view} already`] : []),
    ...repeated(columns.map(({ name }) => name)).map((name) => `the column ${name} stands twice`),
  ];
}
