const quote = 0x22;
const lineFeed = 0x0a;

/** Counts the records of Salesforce's CSV (RFC 4180, a header, LF or CRLF behind every record) as its bytes pass, in chunks of any size. */
export class RecordCount {
  #lines = 0;
  #quoted = false;
  #last = lineFeed;

  push(chunk: Uint8Array): void {
    let quoted = this.#quoted;
    let lines = 0;
    // An index, not an iterator: this loop sees every byte of a backfill.
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === quote) quoted = !quoted;
      else if (byte === lineFeed && !quoted) lines += 1;
    }
    this.#quoted = quoted;
    this.#lines += lines;
    if (chunk.length > 0) this.#last = chunk[chunk.length - 1] as number;
  }

  /** Records without the header, or null when the text ends inside of a value or of a line: then it was cut. */
  finish(): number | null {
    if (this.#quoted || this.#last !== lineFeed || this.#lines === 0) return null;
    return this.#lines - 1;
  }
}
