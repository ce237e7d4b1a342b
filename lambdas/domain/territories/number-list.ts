/** Whole numbers from 0 to 2^53, millions of them, outside of the heap. */
export class NumberList {
  #numbers: Float64Array = new Float64Array(1024);
  #length = 0;

  add(number: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Float64Array(2 * this.#length);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length++] = number;
  }

  /** Sorted, each once. Makes the list its own result: nothing can be added afterwards. */
  distinct(): Float64Array {
    const sorted = sortedNumbers(this.#numbers.subarray(0, this.#length));
    this.#numbers = sorted;
    let kept = 0;
    for (let index = 0; index < sorted.length; index++) {
      const number = sorted[index] ?? 0;
      if (index === 0 || number !== sorted[kept - 1]) sorted[kept++] = number;
    }
    return sorted.subarray(0, kept);
  }
}

/**
 * Whole numbers from 0 on, sorted: dealt into many buckets by their size first, which hashes fill evenly, because millions are sorted several
 * times as fast in small pieces.
 */
function sortedNumbers(numbers: Float64Array): Float64Array {
  const buckets = 2 ** Math.min(20, Math.ceil(Math.log2(Math.max(1, numbers.length / 64))));
  if (buckets < 16) return numbers.sort();
  const width = (numbers.reduce((most, number) => (number > most ? number : most), 0) + 1) / buckets;
  const ends = new Uint32Array(buckets + 1);
  for (let index = 0; index < numbers.length; index++) {
    const bucket = Math.floor((numbers[index] ?? 0) / width) + 1;
    ends[bucket] = (ends[bucket] ?? 0) + 1;
  }
  for (let bucket = 1; bucket <= buckets; bucket++) ends[bucket] = (ends[bucket] ?? 0) + (ends[bucket - 1] ?? 0);
  const dealt = new Float64Array(numbers.length);
  const next = ends.slice();
  for (let index = 0; index < numbers.length; index++) {
    const bucket = Math.floor((numbers[index] ?? 0) / width);
    const place = next[bucket] ?? 0;
    dealt[place] = numbers[index] ?? 0;
    next[bucket] = place + 1;
  }
  for (let bucket = 0; bucket < buckets; bucket++) dealt.subarray(ends[bucket], ends[bucket + 1]).sort();
  return dealt;
}
