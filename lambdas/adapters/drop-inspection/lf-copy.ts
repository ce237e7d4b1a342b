import { createReadStream } from 'node:fs';
import { fileError } from '../folder/file-errors.ts';
import { ReadableCopy } from './readable-copy.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Drops carriage returns that belong to line ends, from a CSV file whose structure has been found sound; values stay as they are. In
 * the header, which the engine only skips, carriage returns within names go too, since it would take the first one for the file's
 * line end, and all bytes beyond ASCII, since behind a byte order mark it does not see a quote.
 */
class LfLines {
  readonly #quote: number;
  #quoted = false;
  #inHeader = true;

  constructor(quote: string) {
    this.#quote = quote.charCodeAt(0);
  }

  /** The chunk in new memory. */
  convert(chunk: Uint8Array): Uint8Array {
    const lines = new Uint8Array(chunk.length);
    let length = 0;
    // Not for-of: over bytes, it takes several times as long.
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (byte === this.#quote) this.#quoted = !this.#quoted;
      else if (byte === carriageReturn && (!this.#quoted || this.#inHeader)) continue;
      else if (byte === lineFeed && !this.#quoted) this.#inHeader = false;
      else if (byte >= 0x80 && this.#inHeader) continue;
      lines[length++] = byte;
    }
    return lines.subarray(0, length);
  }
}

/** Copies a sound CSV file so that every line ends with LF. */
export async function writeLfCopy(from: string, to: string, quote: string): Promise<void> {
  const lines = new LfLines(quote);
  const copy = new ReadableCopy(to);
  try {
    const chunks: AsyncIterable<Buffer> = createReadStream(from, { highWaterMark: 262_144 });
    for await (const chunk of chunks) copy.write(lines.convert(chunk));
  } catch (error) {
    throw fileError(error, `copying ${from}`);
  } finally {
    copy.close();
  }
}
