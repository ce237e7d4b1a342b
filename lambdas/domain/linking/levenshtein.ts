/** How many edits leave texts alike to `least` hundredths of a percent, given the length of the longer one; rounding is thought of. */
export function mostEdits(longer: number, least: number): number {
  return Math.floor((longer * (20_001 - 2 * least)) / 20_000);
}

/** Which letters a text has, as bits. An edit changes two of them at most. */
export function letterBits(text: string): number {
  let bits = 0;
  for (let index = 0; index < text.length; index++) bits |= 1 << (text.charCodeAt(index) & 31);
  return bits;
}

export function countBits(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Measures texts; keeps its working memory between calls. */
export class LevenshteinMeter {
  #row = new Uint16Array(128);

  /**
   * Likeness in hundredths of a percent: 100 × (1 − Levenshtein distance / length of the longer text), rounded half up to two places. 0 for
   * a likeness below `least`, and where a text is empty.
   */
  likeness(a: string, b: string, least: number): number {
    const longer = Math.max(a.length, b.length);
    if (a.length === 0 || b.length === 0) return 0;
    if (a === b) return 10_000;
    const most = mostEdits(longer, least);
    const distance = this.distance(a, b, most);
    return distance > most ? 0 : Math.floor((20_000 * (longer - distance) + longer) / (2 * longer));
  }

  /** Letters (UTF-16 units) to insert, delete or replace; some number above `most` where there are more. */
  distance(a: string, b: string, most: number): number {
    let [start, endA, endB] = [0, a.length, b.length];
    if (Math.abs(endA - endB) > most) return most + 1;
    while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start++;
    while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
      endA--;
      endB--;
    }
    if (start === endA) return endB - start;
    if (start === endB) return endA - start;
    return this.#between(a.slice(start, endA), b.slice(start, endB), most);
  }

  /** Rows of the matrix one after the other, no further from the diagonal than `most`. */
  #between(a: string, b: string, most: number): number {
    const width = b.length;
    if (this.#row.length <= width) this.#row = new Uint16Array(2 * width);
    const row = this.#row;
    const beyond = most + 1;
    for (let j = 0; j <= width; j++) row[j] = j <= most ? j : beyond;
    for (let i = 1; i <= a.length; i++) {
      const code = a.charCodeAt(i - 1);
      const first = Math.max(1, i - most);
      const last = Math.min(width, i + most);
      let diagonal = row[first - 1] ?? beyond;
      let left = first === 1 ? Math.min(i, beyond) : beyond;
      row[first - 1] = left;
      let least = left;
      for (let j = first; j <= last; j++) {
        const above = row[j] ?? beyond;
        const replaced = code === b.charCodeAt(j - 1) ? diagonal : diagonal + 1;
        diagonal = above;
        left = Math.min(replaced, above + 1, left + 1);
        row[j] = left;
        if (left < least) least = left;
      }
      if (least > most) return beyond;
    }
    return row[width] ?? beyond;
  }
}
