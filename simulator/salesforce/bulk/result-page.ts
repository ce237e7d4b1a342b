import { createReadStream } from 'node:fs';
import type { ResultFile } from './result-file.ts';

/** Rows of a job's results, from `first` up to, but not including, `end`. */
export interface ResultPage {
  readonly file: ResultFile;
  readonly first: number;
  readonly end: number;
}

/** Where a page is to stop early: after so many rows, and so many bytes of the next. */
export interface PageCut {
  readonly rows: number;
  readonly bytesOfNextRow: number;
}

const CHUNK_BYTES = 256 * 1024;

/** The page's bytes: the header row, then its rows. */
export async function* pageBytes({ file, first, end }: ResultPage, cut?: PageCut): AsyncGenerator<Uint8Array> {
  yield file.header;
  const start = file.rowStart(first);
  const stop = cut === undefined ? file.rowStart(end) : file.rowStart(first + cut.rows) + cut.bytesOfNextRow;
  if (stop > start) yield* createReadStream(file.path, { start, end: stop - 1, highWaterMark: CHUNK_BYTES });
}

/** A cut half-way through the page: behind a row, or in the middle of the next. */
export function cutHalfWay({ file, first, end }: ResultPage, at: 'row-end' | 'mid-row'): PageCut {
  const rows = Math.floor((end - first) / 2);
  const next = first + rows;
  if (at === 'row-end' || next >= end) return { rows, bytesOfNextRow: 0 };
  return { rows, bytesOfNextRow: Math.ceil((file.rowStart(next + 1) - file.rowStart(next)) / 2) };
}
