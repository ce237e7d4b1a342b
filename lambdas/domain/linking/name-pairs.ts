import { duplicateCandidates } from '../territories/duplicate-candidates.ts';
import { countBits, letterBits, LevenshteinMeter, mostEdits } from './levenshtein.ts';
import type { LinkAccount } from './link-account.ts';
import { type NameGroups, sortedWords } from './name-groups.ts';

/** More pairs than this between the accounts of two names, or of one, are a flood: then one account stands for each region. */
const mostPairs = 400;

/**
 * Calls `found` for pairs of accounts whose cores are alike to `least` hundredths of a percent, with the likeness: the greater one of
 * the cores and of their sorted words. Names are not all compared with each other: see duplicateCandidates.
 */
export function namePairs(
  groups: NameGroups,
  accounts: readonly LinkAccount[],
  least: number,
  found: (one: number, other: number, similarity: number) => void,
): void {
  const { texts } = groups;
  for (let group = 0; group < texts.length; group++)
    eachPair(groups, accounts, group, group, (one, other) => found(one, other, 10_000));
  const meter = new LevenshteinMeter();
  const letters = Int32Array.from(texts, letterBits);
  const lengths = Int32Array.from(texts, ({ length }) => length);
  const unsorted = Array.from(texts, (_, group) => coreOf(accounts, groups.places[groups.starts[group] ?? 0] ?? 0));
  for (const [a, b] of duplicateCandidates(texts, unsorted)) {
    const most = mostEdits(Math.max(lengths[a] ?? 0, lengths[b] ?? 0), least);
    if (countBits((letters[a] ?? 0) ^ (letters[b] ?? 0)) > 2 * most) continue;
    const sorted = meter.likeness(texts[a] ?? '', texts[b] ?? '', least);
    eachPair(groups, accounts, a, b, (one, other) => {
      const asTheyAre = meter.likeness(coreOf(accounts, one), coreOf(accounts, other), least);
      if (sorted > 0 || asTheyAre > 0) found(one, other, Math.max(sorted, asTheyAre));
    });
  }
}

/** Likeness of two cores in hundredths of a percent: the greater one of the texts as they are and of their sorted words; 0 below `least`. */
export function coreLikeness(meter: LevenshteinMeter, a: string, b: string, least: number): number {
  const asTheyAre = meter.likeness(a, b, least);
  const [sortedA, sortedB] = [sortedWords(a), sortedWords(b)];
  if (sortedA === a && sortedB === b) return asTheyAre;
  return Math.max(asTheyAre, meter.likeness(sortedA, sortedB, least));
}

function coreOf(accounts: readonly LinkAccount[], place: number): string {
  return accounts[place]?.name_core ?? '';
}

/** Pairs of an account of one group and an account of the other, or within a group, each once. */
function eachPair(
  { places, starts }: NameGroups,
  accounts: readonly LinkAccount[],
  a: number,
  b: number,
  visit: (one: number, other: number) => void,
): void {
  const [startA, endA] = [starts[a] ?? 0, starts[a + 1] ?? 0];
  const [startB, endB] = [starts[b] ?? 0, starts[b + 1] ?? 0];
  if ((endA - startA) * (endB - startB) > mostPairs) {
    throughRegions(places.subarray(startA, endA), places.subarray(startB, endB), accounts, visit);
    return;
  }
  for (let i = startA; i < endA; i++)
    for (let j = a === b ? i + 1 : startB; j < endB; j++) visit(places[i] ?? 0, places[j] ?? 0);
}

/** The first account of each region with everybody: what could be linked still comes together, in far fewer pairs. */
function throughRegions(
  some: Int32Array,
  others: Int32Array,
  accounts: readonly LinkAccount[],
  visit: (one: number, other: number) => void,
): void {
  const seen = new Set<string>();
  for (const [heads, rest] of [
    [firstOfRegions(some, accounts), others],
    [firstOfRegions(others, accounts), some],
  ] as const) {
    for (const head of heads) {
      for (const other of rest) {
        const key = head < other ? `${head} ${other}` : `${other} ${head}`;
        if (head === other || seen.has(key)) continue;
        seen.add(key);
        visit(head, other);
      }
    }
  }
}

const mostRegions = 20;

function firstOfRegions(places: Int32Array, accounts: readonly LinkAccount[]): number[] {
  const heads = new Map<string | null, number>();
  for (const place of places) {
    const region = accounts[place]?.region ?? null;
    if (!heads.has(region)) heads.set(region, place);
    if (heads.size === mostRegions) break;
  }
  return [...heads.values()];
}
