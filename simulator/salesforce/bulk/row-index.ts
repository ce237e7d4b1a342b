const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/** Where the rows of a CSV file begin: behind every line feed that is not inside quotes. */
export class RowIndex {
  /** Offsets of the rows, and of the end of the last. Grows by doubling. */
  #starts = new Float64Array(1024);
  #count = 0;
  #length = 0;
  #quoted = false;

  /** The next bytes of the file. */
  add(chunk: Uint8Array): void {
    let quoted = this.#quoted;
    for (let position = 0; position < chunk.length; position++) {
      const byte = chunk[position];
      // An escaped quote is two quotes, which leave the state as it was.
      if (byte === QUOTE) quoted = !quoted;
      else if (byte === LINE_FEED && !quoted) this.#push(this.#length + position + 1);
    }
    this.#quoted = quoted;
    this.#length += chunk.length;
  }

  get count(): number {
    return this.#count;
  }

  start(row: number): number {
    const start = row <= this.#count ? this.#starts[row] : undefined;
    if (start === undefined) throw new RangeError(`row ${row} of ${this.#count}`);
    return start;
  }

  #push(end: number): void {
    this.#count += 1;
    if (this.#count === this.#starts.length) {
      const grown = new Float64Array(this.#starts.length * 2);
      grown.set(this.#starts);
      this.#starts = grown;
    }
    this.#starts[this.#count] = end;
  }
}
