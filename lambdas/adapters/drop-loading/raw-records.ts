import { createReadStream } from 'node:fs';

const quoteByte = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The text of some records of a file whose structure has been found sound, exactly as it stands there (without its line end).
 * `wanted` are record numbers from 0, ascending; the header is not a record, blank lines do not count. Memory is one record.
 */
export async function* rawRecords(
  path: string,
  wanted: readonly number[],
  options: { quote: string | null; hasHeader: boolean },
): AsyncGenerator<{ record: number; raw: string }> {
  const quote = options.quote === null ? -1 : (options.quote.codePointAt(0) ?? quoteByte);
  let next = 0;
  let record = options.hasHeader ? -1 : 0;
  let quoted = false;
  let pending: Buffer[] = [];
  let empty = true;
  for await (const chunk of createReadStream(path, { highWaterMark: 1_048_576 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index];
      if (byte === quote) quoted = !quoted;
      if (byte !== lineFeed || quoted) {
        if (byte !== carriageReturn && byte !== lineFeed) empty = false;
        continue;
      }
      if (!empty) {
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

function textOf(pieces: readonly Buffer[]): string {
  return Buffer.concat(pieces).toString('utf8').replace(/\r$/, '');
}
