import { textOrder } from '../territories/text-order.ts';
import type { AccountLinksConfig } from './account-links-config.ts';
import type { CompanyNames } from './company-names.ts';
import { PlaceFinder } from './common-ground.ts';
import { judgePairs, type JudgedPair } from './judge-pairs.ts';
import type { LinkAccount, SharedContact } from './link-account.ts';
import { type Clusters, linkClusters } from './link-clusters.ts';
import { linkedPairs, manualPairs } from './linked-pairs.ts';
import { linkRules } from './link-rules.ts';
import { MergePolicy } from './merge-policy.ts';
import { nameGroups, wordFrequencies } from './name-groups.ts';

export interface LinkInput {
  /** In any order; one per Id. */
  readonly accounts: readonly LinkAccount[];
  readonly contacts: readonly SharedContact[];
}

/** All pairs that a rule holds for, and what becomes of them. */
export interface AccountLinks extends Clusters {
  /** Sorted by Id; places in everything else are places here. */
  readonly accounts: readonly LinkAccount[];
  /** In the order in which they were merged: the most confident first. */
  readonly pairs: readonly JudgedPair[];
}

/**
 * Which accounts are one company, by the specification's five rules. Pure and deterministic: neither the order of accounts nor that of
 * contacts matters.
 */
export function linkAccounts(input: LinkInput, config: AccountLinksConfig, names: CompanyNames): AccountLinks {
  const accounts = sortedAccounts(input.accounts);
  const places = new PlaceFinder(accounts);
  const never = manualPairs(config.never_link, places);
  const groups = nameGroups(accounts);
  const frequencies = wordFrequencies(groups);
  const policy = new MergePolicy(names, config.merging, (word) => frequencies.get(word) ?? 0);
  const pairs = judgePairs(
    linkedPairs(accounts, groups, input.contacts, config),
    { accounts, never, manual: manualPairs(config.link, places) },
    config,
    policy,
  ).sort(strongerFirst);
  const edges = pairs.filter(({ verdict }) => verdict === 'merge');
  return { accounts, pairs, ...linkClusters(edges, never) };
}

function sortedAccounts(accounts: readonly LinkAccount[]): readonly LinkAccount[] {
  const isSorted = accounts.every(
    ({ account_id }, index) => index === 0 || (accounts[index - 1]?.account_id ?? '') < account_id,
  );
  if (isSorted) return accounts;
  return accounts.toSorted((one, other) => textOrder(one.account_id, other.account_id));
}

/** By confidence, rule and likeness; places decide the rest, so that the order is the same every time. */
function strongerFirst(one: JudgedPair, other: JudgedPair): number {
  return (
    other.confidence - one.confidence ||
    linkRules.indexOf(one.rule) - linkRules.indexOf(other.rule) ||
    other.similarity - one.similarity ||
    one.a - other.a ||
    one.b - other.b
  );
}
