import { createReadStream } from 'node:fs';

const quoteByte = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const tab = 0x09;

export interface RecordShape {
  /** Quote character of a CSV file; null for JSON Lines. */
  readonly quote: string | null;
  readonly blankRecords: boolean;
}

/**
 * The text of some records of a file whose structure has been found sound, exactly as it stands there (without its line end).
 * `wanted` are record numbers from 0, ascending; the header is not a record. Blank lines are records only where `blankRecords` says so
 * (a CSV file of one column); in JSON Lines a line of nothing but white space is blank. Memory is one record.
 */
export async function* rawRecords(
  path: string,
  wanted: readonly number[],
  options: RecordShape,
): AsyncGenerator<{ record: number; raw: string }> {
  const quote = options.quote === null ? -1 : (options.quote.codePointAt(0) ?? quoteByte);
  let next = 0;
  const isCsv = options.quote !== null;
  let record = isCsv ? -1 : 0;
  let quoted = false;
  let pending: Buffer[] = [];
  let empty = true;
  for await (const chunk of createReadStream(path, { highWaterMark: 1_048_576 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index];
      if (byte === quote) quoted = !quoted;
      if (byte !== lineFeed || quoted) {
        if (!isBlank(byte, isCsv)) empty = false;
        continue;
      }
      if (!empty || (options.blankRecords && record >= 0)) {
        if (record === wanted[next]) {
          yield { record, raw: textOf([...pending, chunk.subarray(start, index)]) };
          next += 1;
          if (next === wanted.length) return;
        }
        record += 1;
      }
      empty = true;
      pending = [];
      start = index + 1;
    }
    if (record === wanted[next] && start < chunk.length) pending.push(Buffer.from(chunk.subarray(start)));
  }
  if (!empty && record === wanted[next]) yield { record, raw: textOf(pending) };
}

function isBlank(byte: number | undefined, isCsv: boolean): boolean {
  return byte === carriageReturn || byte === lineFeed || (!isCsv && (byte === space || byte === tab));
}

function textOf(pieces: readonly Buffer[]): string {
  return Buffer.concat(pieces).toString('utf8').replace(/\r$/, '');
}
