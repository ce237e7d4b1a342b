import { type CsvValue, csvLine } from '../../domain/csv-text.ts';
import type { CsvReply } from '../route.ts';

type Row = Readonly<Record<string, unknown>>;

/** The rows as CSV, a part whenever the reader has taken the one before: an export of a whole company does not fill the memory. */
export function csvStream({ columns, rows }: CsvReply): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const parts = rows[Symbol.iterator]();
  let isBegun = false;
  return new ReadableStream({
    pull(controller) {
      if (!isBegun) {
        isBegun = true;
        controller.enqueue(encoder.encode(csvLine(columns)));
        return;
      }
      const { done, value } = parts.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value.map((row) => lineOf(columns, JSON.parse(row) as Row)).join('')));
    },
  });
}

function lineOf(columns: readonly string[], row: Row): string {
  return csvLine(columns.map((column) => cellOf(row[column])));
}

/** Lists of texts are joined; anything deeper is JSON. */
function cellOf(value: unknown): CsvValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join('; ');
  return JSON.stringify(value);
}

/** A name for the file that says what it holds, as of when, and from which run. */
export function fileNameOf({ name }: CsvReply, asOf: string | null, runId: string | null): string {
  return `${[name, asOf, runId].filter((part) => part !== null).join('_')}.csv`;
}
