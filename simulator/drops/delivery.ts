import type { Day } from './calendar.ts';
import { type DropFile, packed } from './drop-folder.ts';
import { type SalesRow, salesFileName, salesText } from './sales-row.ts';
import type { Planted } from './truth.ts';

/** A day's sales before they are written. */
export interface SalesDay {
  readonly day: Day;
  readonly rows: readonly SalesRow[];
}

/** What a day's sales become: files, and which of their rows a pipeline reads (good, bad, or waiting for a customer). */
export interface Delivery {
  readonly files: readonly DropFile[];
  readonly accepted: readonly SalesRow[];
  readonly planted: readonly Planted[];
}

/** A sales file of the day. */
export function salesFile(day: Day, name: string, content: string | Uint8Array): DropFile {
  return { dataset: 'sales', name, date: day.date, content };
}

/** The usual day: one file, all of whose rows are read. */
export function deliver({ day, rows }: SalesDay): Delivery {
  const file = salesFile(day, salesFileName(day), packed(salesText(rows), day.gzip));
  return { files: [file], accepted: rows, planted: [] };
}
