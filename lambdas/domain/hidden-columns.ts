import type { Model } from './model.ts';
import { looksPersonal } from './personal-data.ts';

/** Columns that hold text as it came, from whichever column. */
const raw: ReadonlySet<string> = new Set(['_raw', '_bad_values', 'additional_columns']);

/** What stands in the place of a value that is not shown. */
export const hiddenValue = '***';

/**
 * Tells which columns of rows of these models are not shown in what analysts may read: those that their contracts call personal, raw
 * text, and those of which nobody says anything and whose name looks personal.
 */
export function hiddenColumns(models: readonly Model[]): (column: string) => boolean {
  const marks = models.flatMap(({ contract }) => contract.columns.map(({ name, pii }) => [name, pii] as const));
  const personal = new Set(marks.filter(([, pii]) => (pii ?? 'none') !== 'none').map(([name]) => name));
  const cleared = new Set(marks.filter(([, pii]) => pii === 'none').map(([name]) => name));
  return (column) => personal.has(column) || raw.has(column) || (!cleared.has(column) && looksPersonal(column));
}
