import { textOrder } from '../territories/text-order.ts';
import type { LinkAccount } from './link-account.ts';

/** Accounts grouped by the words of their cores, whatever the order of the words. Flat, because there are millions. */
export interface NameGroups {
  /** Per group its words, sorted, with a space between; in alphabetical order. */
  readonly texts: readonly string[];
  /** Places in the list of accounts, group after group, ascending within each. */
  readonly places: Int32Array;
  /** Where each group begins in `places`, and the end. */
  readonly starts: Int32Array;
}

/** The groups of the accounts that have a name. */
export function nameGroups(accounts: readonly LinkAccount[]): NameGroups {
  const sorted = accounts.map(({ name_core }) => sortedWords(name_core ?? ''));
  const places = Int32Array.from(sorted.keys())
    .filter((place) => sorted[place] !== '')
    .sort((one, other) => textOrder(sorted[one] ?? '', sorted[other] ?? '') || one - other);
  const texts: string[] = [];
  const starts: number[] = [];
  for (const [index, place] of places.entries()) {
    const text = sorted[place] ?? '';
    if (text === texts.at(-1)) continue;
    texts.push(text);
    starts.push(index);
  }
  starts.push(places.length);
  return { texts, places, starts: Int32Array.from(starts) };
}

/** The words of a text in order; the text itself where they are. */
export function sortedWords(core: string): string {
  const words = core.split(' ');
  const isSorted = words.every((word, index) => index === 0 || (words[index - 1] ?? '') <= word);
  return isSorted ? core : words.sort().join(' ');
}

/** How many names each word is in. */
export function wordFrequencies({ texts }: NameGroups): Map<string, number> {
  const frequencies = new Map<string, number>();
  for (const text of texts) {
    const words = text.split(' ');
    for (const [index, word] of words.entries()) {
      if (word !== words[index - 1]) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
    }
  }
  return frequencies;
}
