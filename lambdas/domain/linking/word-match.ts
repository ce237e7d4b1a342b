import type { LevenshteinMeter } from './levenshtein.ts';

/** What two lists of words have, and have not, in common, whatever their order. */
export interface WordMatch {
  /** Words of either list without a counterpart in the other. */
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  /** Words that are one but for a letter or two. */
  readonly misspelt: readonly (readonly [string, string])[];
}

/**
 * Pairs the words off: equal ones first, singular and plural alike, then runs of letters that only a space divides (`face book`, `facebook`), then words that differ
 * by a slip: two neighbouring letters exchanged, one letter more, less or other in words of `shortest` letters on, two from eight on.
 */
export function matchWords(
  meter: LevenshteinMeter,
  a: readonly string[],
  b: readonly string[],
  shortest: number,
): WordMatch {
  const [restA, restB] = withoutEqual(a, b);
  if (restA.length > 0 && restA.join('') === restB.join('')) return { onlyA: [], onlyB: [], misspelt: [] };
  const misspelt: [string, string][] = [];
  const onlyA: string[] = [];
  for (const word of restA) {
    const place = restB.findIndex((other) => isSlip(meter, word, other, shortest));
    if (place < 0) onlyA.push(word);
    else misspelt.push([word, ...restB.splice(place, 1)] as [string, string]);
  }
  return { onlyA, onlyB: restB, misspelt };
}

function withoutEqual(a: readonly string[], b: readonly string[]): [string[], string[]] {
  const restB = [...b];
  const restA = a.filter((word) => {
    const place = restB.findIndex((other) => singular(other) === singular(word));
    if (place >= 0) restB.splice(place, 1);
    return place < 0;
  });
  return [restA, restB];
}

/** Good enough to compare: both forms become the same. */
function singular(word: string): string {
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

const digit = /\d/;

function isSlip(meter: LevenshteinMeter, one: string, other: string, shortest: number): boolean {
  const shorter = Math.min(one.length, other.length);
  if (shorter < shortest || digit.test(one) || digit.test(other)) return false;
  const most = shorter >= 8 ? 2 : 1;
  return meter.distance(one, other, most) <= most || isExchange(one, other);
}

/** Whether two neighbouring letters changed places. */
function isExchange(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let first = 0;
  while (first < one.length && one[first] === other[first]) first++;
  return (
    one[first] === other[first + 1] &&
    one[first + 1] === other[first] &&
    one.slice(first + 2) === other.slice(first + 2)
  );
}
