/**
 * How alike two texts are, in hundredths of a percent (0 to 10,000), rounded half up: 2 × longest common subsequence / both lengths. On
 * sorted words it is what is known as token sort ratio. Two empty texts are not alike. Returns 0 early where `least` is out of reach.
 */
export class LikenessMeter {
  #row = new Uint16Array(64);
  readonly #counts = new Int32Array(128);

  likeness(a: string, b: string, least: number): number {
    const total = a.length + b.length;
    if (total === 0) return 0;
    const needed = Math.ceil((least * total) / 20_000 - 0.5 * (total / 20_000));
    if (Math.min(a.length, b.length) < needed || this.#common(a, b) < needed) return 0;
    return Math.floor((2 * 20_000 * this.#longest(a, b) + total) / (2 * total));
  }

  /** Characters that both have, in any order: no subsequence is longer. Codes beyond ASCII share counters, which only loosens it. */
  #common(a: string, b: string): number {
    const counts = this.#counts;
    counts.fill(0);
    for (let index = 0; index < a.length; index++) {
      const code = a.charCodeAt(index) & 127;
      counts[code] = (counts[code] ?? 0) + 1;
    }
    let common = 0;
    for (let index = 0; index < b.length; index++) {
      const code = b.charCodeAt(index) & 127;
      const left = counts[code] ?? 0;
      if (left > 0) common++;
      counts[code] = left - 1;
    }
    return common;
  }

  #longest(a: string, b: string): number {
    if (this.#row.length <= b.length) this.#row = new Uint16Array(2 * b.length);
    const row = this.#row;
    row.fill(0, 0, b.length + 1);
    for (let i = 0; i < a.length; i++) {
      const code = a.charCodeAt(i);
      let diagonal = 0;
      for (let j = 1; j <= b.length; j++) {
        const above = row[j] ?? 0;
        const left = row[j - 1] ?? 0;
        row[j] = b.charCodeAt(j - 1) === code ? diagonal + 1 : above > left ? above : left;
        diagonal = above;
      }
    }
    return row[b.length] ?? 0;
  }
}
