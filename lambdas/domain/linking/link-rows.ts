import { decimalText } from '../hundredths.ts';
import type { AccountLinks } from './account-links.ts';
import type { JudgedPair } from './judge-pairs.ts';
import { type Decisions, evidenceOf } from './link-evidence.ts';
import type { LinkRule } from './link-rules.ts';

/** A row of `gold.account_link`: two accounts that a rule links, or suspects. Percentages are decimal text with two places. */
export interface AccountLink {
  readonly account_id_a: string;
  readonly account_id_b: string;
  readonly rule: LinkRule;
  readonly similarity: string;
  readonly same_parent: boolean;
  readonly shared_contact: boolean;
  readonly confidence: string;
  readonly merge_status: 'merged' | 'review' | 'refused';
  readonly merge_reason: string | null;
  readonly is_duplicate_suspect: boolean;
  readonly evidence: string;
}

/** All pairs that a rule holds for, by account. */
export function linkRows(links: AccountLinks, config: Decisions): AccountLink[] {
  return links.pairs.map((pair) => linkRow(links, pair, config)).sort(byAccounts);
}

function linkRow(links: AccountLinks, pair: JudgedPair, config: Decisions): AccountLink {
  const [a, b] = [idOf(links, pair.a), idOf(links, pair.b)];
  const barrier = pair.verdict === 'never' ? [pair.a, pair.b] : links.refused.get(pair);
  const ids = barrier?.map((place) => idOf(links, place)).toSorted();
  return {
    account_id_a: a,
    account_id_b: b,
    rule: pair.rule,
    similarity: decimalText(BigInt(pair.similarity)),
    same_parent: pair.sameParent,
    shared_contact: pair.sharedEmail || pair.sharedPhone,
    confidence: decimalText(BigInt(pair.confidence)),
    merge_status: ids !== undefined ? 'refused' : pair.verdict === 'merge' ? 'merged' : 'review',
    merge_reason: ids !== undefined ? `NEVER_LINK(${ids.join(', ')})` : pair.doubt,
    is_duplicate_suspect: pair.doubt === 'SAME_REGION',
    evidence: JSON.stringify(evidenceOf(links.accounts, pair, config)),
  };
}

function byAccounts(one: AccountLink, other: AccountLink): number {
  if (one.account_id_a !== other.account_id_a) return one.account_id_a < other.account_id_a ? -1 : 1;
  return one.account_id_b < other.account_id_b ? -1 : 1;
}

function idOf({ accounts }: AccountLinks, place: number): string {
  return accounts[place]?.account_id ?? '';
}
