import type { LinesTable } from '../../domain/lines-table.ts';
import { type GlueColumn, glueColumns, grownColumns } from '../../domain/glue-columns.ts';
import { type Column, layerOf, type TableName, type TableVersion } from '../../domain/table.ts';
import { type View, viewSelect } from '../../domain/view.ts';
import type { AnalystTables } from '../../ports/analyst-tables.ts';

/** A catalog for tests, gone with the process. */
export class MemoryAnalystTables implements AnalystTables {
  /** View -> its text. */
  readonly views = new Map<TableName, string>();
  /** Table -> ids of the slices that views read. */
  shown: ReadonlyMap<TableName, readonly string[]> = new Map();
  readonly #columns = new Map<TableName, GlueColumn[]>();
  readonly #slices = new Map<TableName, Set<string>>();

  async addLines(tables: readonly LinesTable[]): Promise<void> {
    for (const { table, columns } of tables) this.#grow(table, columns);
  }

  async addSlices(versions: readonly TableVersion[]): Promise<void> {
    for (const { table, columns, slices } of versions) {
      this.#grow(table, columns);
      const known = this.#slices.get(table) ?? new Set<string>();
      for (const { id, files } of slices) if (files.length > 0) known.add(id);
      this.#slices.set(table, known);
    }
  }

  async switchTo(versions: readonly TableVersion[]): Promise<void> {
    this.shown = new Map(versions.map(({ table, slices }) => [table, slices.map(({ id }) => id)]));
  }

  async slices(table: TableName): Promise<string[]> {
    return [...(this.#slices.get(table) ?? [])].sort();
  }

  async keepSlices(layer: string, kept: ReadonlyMap<TableName, ReadonlySet<string>>): Promise<number> {
    let forgotten = 0;
    for (const [table, slices] of this.#slices) {
      if (layerOf(table) !== layer) continue;
      for (const id of slices) if (kept.get(table)?.has(id) !== true && slices.delete(id)) forgotten += 1;
    }
    return forgotten;
  }

  async renewViews(views: readonly View[]): Promise<number> {
    const wanted = new Map(views.map((view) => [view.view, viewSelect(view.contract, view.sql)]));
    let changed = 0;
    for (const name of this.views.keys()) if (!wanted.has(name) && this.views.delete(name)) changed += 1;
    for (const [name, text] of wanted) {
      if (this.views.get(name) === text) continue;
      this.views.set(name, text);
      changed += 1;
    }
    return changed;
  }

  columns(table: TableName): readonly GlueColumn[] {
    return this.#columns.get(table) ?? [];
  }

  #grow(table: TableName, columns: readonly Column[]): void {
    this.#columns.set(table, grownColumns(this.columns(table), glueColumns(columns)));
  }
}
