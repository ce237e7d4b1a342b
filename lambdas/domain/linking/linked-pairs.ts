import type { AccountLinksConfig } from './account-links-config.ts';
import { common, commonGround, type PlaceFinder } from './common-ground.ts';
import { LevenshteinMeter } from './levenshtein.ts';
import type { LinkAccount, LinkedPair, SharedContact } from './link-account.ts';
import { linkThresholds } from './link-rules.ts';
import type { NameGroups } from './name-groups.ts';
import { coreLikeness, namePairs } from './name-pairs.ts';

/** Pairs that a rule may hold for: names alike enough, or a common parent or contact and names somewhat alike. Each once, in no order. */
export function linkedPairs(
  accounts: readonly LinkAccount[],
  groups: NameGroups,
  contacts: readonly SharedContact[],
  config: AccountLinksConfig,
): LinkedPair[] {
  const { fuzzy, sameParent, sharedContact } = linkThresholds(config);
  const ground = commonGround(accounts, contacts, config);
  const pairs: LinkedPair[] = [];
  const add = (a: number, b: number, similarity: number, bits: number) =>
    pairs.push(pair(accounts, a, b, similarity, bits));
  namePairs(groups, accounts, fuzzy, (one, other, similarity) => {
    const [a, b] = one < other ? [one, other] : [other, one];
    const key = a * accounts.length + b;
    add(a, b, similarity, ground.get(key) ?? 0);
    ground.delete(key);
  });
  const meter = new LevenshteinMeter();
  for (const [key, bits] of ground) {
    const [a, b] = [Math.floor(key / accounts.length), key % accounts.length];
    const least = Math.min(
      bits & common.parent ? sameParent : 10_000,
      bits & (common.email | common.phone) ? sharedContact : 10_000,
    );
    const similarity = coreLikeness(meter, accounts[a]?.name_core ?? '', accounts[b]?.name_core ?? '', least);
    if (similarity > 0) add(a, b, similarity, bits);
  }
  return pairs;
}

function pair(accounts: readonly LinkAccount[], a: number, b: number, similarity: number, bits: number): LinkedPair {
  const name = accounts[a]?.name_norm ?? '';
  return {
    a,
    b,
    similarity,
    sameName: name !== '' && name === accounts[b]?.name_norm,
    sameParent: (bits & common.parent) !== 0,
    sharedEmail: (bits & common.email) !== 0,
    sharedPhone: (bits & common.phone) !== 0,
  };
}

/** All pairs of the decisions' accounts that there are, a < b. */
export function manualPairs(
  decisions: readonly { readonly accounts: readonly string[] }[],
  places: PlaceFinder,
): [number, number][] {
  return decisions.flatMap(({ accounts }) => {
    const known = accounts.map((account) => places.find(account)).filter((place) => place !== undefined);
    const sorted = [...new Set(known)].sort((one, other) => one - other);
    return sorted.flatMap((a, index) => sorted.slice(index + 1).map((b): [number, number] => [a, b]));
  });
}
