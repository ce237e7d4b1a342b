import type { LinesTable } from '../domain/lines-table.ts';
import type { TableName, TableVersion } from '../domain/table.ts';
import type { View } from '../domain/view.ts';

/**
 * The catalog by which analysts' SQL finds tables. It knows every kept version of a table, as slices; views read those that it was switched
 * to last. Every call may be repeated, and makes good what an earlier one left undone.
 */
export interface AnalystTables {
  /** Makes tables of lines known, with the columns that they have now. */
  addLines(tables: readonly LinesTable[]): Promise<void>;
  /** Makes all slices that have files readable for whoever asks for them by id; slices that are there stay as they are. */
  addSlices(versions: readonly TableVersion[]): Promise<void>;
  /** From now on views read these versions, all of them at once: no query sees an older one of one table beside a newer one of another. */
  switchTo(versions: readonly TableVersion[], signal?: AbortSignal): Promise<void>;
  /** Ids of the slices of a table that can be read, sorted; none for an unknown table. */
  slices(table: TableName): Promise<string[]>;
  /** Forgets every slice of a table of `layer` that is not named here. Returns how many there were. */
  keepSlices(layer: string, kept: ReadonlyMap<TableName, ReadonlySet<string>>): Promise<number>;
  /**
   * Creates the views, replaces those whose text is another than last time, and removes those that are no longer among them. Returns how
   * many were changed.
   */
  renewViews(views: readonly View[], signal?: AbortSignal): Promise<number>;
}
