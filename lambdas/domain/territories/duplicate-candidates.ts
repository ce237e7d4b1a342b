import { NumberList } from './number-list.ts';

/**
 * A group of more names than a limit is not compared as a whole: each only with its next neighbours in the alphabet, fewer where the limit
 * is low. The limit begins here and doubles while all comparisons stay within the budget, so that a few thousand names are compared fully.
 */
const smallestLimit = 12;
const neighboursOf = (limit: number) => Math.min(8, limit / 6);
const budget = { least: 4_000_000, perName: 20 };
/** Words that at most this many names have say much: a shared one is enough to compare. */
const rareWord = 24;

/**
 * Pairs of names worth a comparison, as indexes a < b, each once, without looking at all pairs. `names` are different texts, each of sorted
 * words with a space between, in alphabetical order. Two names meet when they agree but for one letter, one short word or a rare word with
 * at most one letter more or less, in their two rarest words, in their first eight letters, or in all letters whatever their order (a space
 * more or less). `unsorted` are the names in their own order of words, where that is known: then the first seven letters of them count too.
 */
export function* duplicateCandidates(
  names: readonly string[],
  unsorted: readonly string[] = [],
): Generator<readonly [number, number]> {
  const frequencies = new Map<string, number>();
  for (const name of names)
    for (const token of new Set(name.split(' '))) frequencies.set(token, (frequencies.get(token) ?? 0) + 1);
  const keys = new KeyList(names.length);
  for (const [index, name] of names.entries()) addKeys(keys, index, name.split(' '), frequencies);
  for (const [index, name] of unsorted.entries()) {
    const beginning = name.slice(0, 12).replaceAll(' ', '').slice(0, 7);
    keys.add(hash(beginning, 0, beginning.length, -1) ^ beginningMark, index);
  }
  for (const pair of keys.pairs()) yield [Math.floor(pair / names.length), pair % names.length];
}

function addKeys(
  keys: KeyList,
  index: number,
  tokens: readonly string[],
  frequencies: ReadonlyMap<string, number>,
): void {
  const hashes = tokens.map((token) => hash(token, 0, token.length, -1));
  const whole = hashes.reduce((sum, one) => (sum + one) | 0, tokens.length);
  const length = tokens.reduce((sum, token) => sum + token.length, 0);
  keys.add(whole, index);
  for (const [place, token] of tokens.entries()) {
    const rest = whole - (hashes[place] ?? 0);
    // A word fewer; likeness leaves room for short ones only.
    if (token.length * 10 <= length * 3 && tokens.length > 1) keys.add(rest - 1, index);
    const rare = (frequencies.get(token) ?? 0) <= rareWord && token.length >= 4;
    if (rare) keys.add(hash(token, 0, token.length, -1) ^ rareMark, index);
    for (let gap = 0; gap < token.length; gap++) {
      const shorter = hash(token, 0, token.length, gap);
      keys.add(rest + shorter, index);
      if (rare && token.length >= 6) keys.add(shorter ^ rareMark, index);
    }
  }
  const [first, second] = tokens
    .map((token, place) => ({ place, frequency: frequencies.get(token) ?? 0 }))
    .toSorted((a, b) => a.frequency - b.frequency || a.place - b.place);
  if (first !== undefined && second !== undefined)
    keys.add(((hashes[first.place] ?? 0) + (hashes[second.place] ?? 0)) ^ pairMark, index);
  const joined = tokens.join('');
  keys.add(hash(joined, 0, Math.min(8, joined.length), -1) ^ prefixMark, index);
  const letters = Array.from(joined).toSorted().join('');
  keys.add(hash(letters, 0, letters.length, -1) ^ lettersMark, index);
}

const rareMark = 0x5bd1e995;
const pairMark = 0x27d4eb2f;
const prefixMark = 0x165667b1;
const lettersMark = 0x2545f491;
const beginningMark = 0x1b873593;

/** FNV-1a with a final mix over the letters from `start` to `end` without the one at `gap`; sums of them stay well spread. */
function hash(text: string, start: number, end: number, gap: number): number {
  let value = 0x811c9dc5;
  for (let index = start; index < end; index++) {
    if (index !== gap) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
}

/** Millions of (key, name) in one array of numbers that is sorted once. Keys that meet by chance cost a comparison, no more. */
class KeyList {
  readonly #entries = new NumberList();
  readonly #names: number;
  readonly #keys: number;

  constructor(names: number) {
    this.#names = Math.max(names, 1);
    this.#keys = Math.min(2 ** 32, Math.floor(Number.MAX_SAFE_INTEGER / this.#names));
  }

  add(key: number, name: number): void {
    this.#entries.add(((key >>> 0) % this.#keys) * this.#names + name);
  }

  /** Names that have a key in common, each pair once, as a × names + b with a < b. */
  pairs(): Float64Array {
    const entries = this.#entries.distinct();
    const sizes = new Map<number, number>();
    this.#eachBlock(entries, (start, end) => sizes.set(end - start, (sizes.get(end - start) ?? 0) + 1));
    const limit = blockLimit(sizes, Math.max(budget.least, budget.perName * this.#names));
    const pairs = new NumberList();
    this.#eachBlock(entries, (start, end) => {
      const first = Math.floor((entries[start] ?? 0) / this.#names) * this.#names;
      const reach = end - start > limit ? neighboursOf(limit) : limit;
      for (let a = start; a < end; a++) {
        const row = ((entries[a] ?? 0) - first) * this.#names - first;
        for (let b = a + 1; b < end && b <= a + reach; b++) pairs.add(row + (entries[b] ?? 0));
      }
    });
    return pairs.distinct();
  }

  /** Where the names of each key begin and end, if there are several. */
  #eachBlock(entries: Float64Array, visit: (start: number, end: number) => void): void {
    for (let start = 0; start < entries.length; ) {
      const next = (Math.floor((entries[start] ?? 0) / this.#names) + 1) * this.#names;
      let end = start + 1;
      while (end < entries.length && (entries[end] ?? 0) < next) end++;
      if (end - start > 1) visit(start, end);
      start = end;
    }
  }
}

/** `sizes`: size of a group -> how many there are. */
function blockLimit(sizes: ReadonlyMap<number, number>, most: number): number {
  const comparisons = (limit: number) =>
    [...sizes].reduce(
      (sum, [size, count]) => sum + count * (size > limit ? size * neighboursOf(limit) : (size * (size - 1)) / 2),
      0,
    );
  const largest = Math.max(...sizes.keys(), 0);
  let limit = smallestLimit;
  while (limit < largest && comparisons(2 * limit) <= most) limit *= 2;
  return limit;
}
