import type { AccountLinksConfig } from './account-links-config.ts';
import type { LinkAccount, LinkedPair } from './link-account.ts';
import { type FiredRule, firedRules, type LinkRule, linkThresholds } from './link-rules.ts';
import type { Doubt, MergePolicy } from './merge-policy.ts';

/** A pair with the rules that hold for it, and whether it may be merged. */
export interface JudgedPair extends LinkedPair {
  /** Strongest first; at least one. */
  readonly fired: readonly FiredRule[];
  readonly rule: LinkRule;
  /** Of the strongest rule, hundredths of a percent. */
  readonly confidence: number;
  readonly verdict: 'merge' | 'review' | 'never';
  readonly doubt: Doubt | null;
}

export interface PairContext {
  readonly accounts: readonly LinkAccount[];
  /** Pairs of places, a < b, that `config/account-links.json` decides. */
  readonly manual: readonly (readonly [number, number])[];
  readonly never: readonly (readonly [number, number])[];
}

/** Judges pairs by themselves; pairs that are linked by hand come in even where nothing else speaks for them. */
export function judgePairs(
  pairs: readonly LinkedPair[],
  { accounts, manual, never }: PairContext,
  config: Pick<AccountLinksConfig, 'similarity'>,
  policy: MergePolicy,
): JudgedPair[] {
  const key = ({ a, b }: { a: number; b: number }) => a * accounts.length + b;
  const keys = (list: readonly (readonly [number, number])[]) => new Set(list.map(([a, b]) => key({ a, b })));
  const [linked, barred] = [keys(manual), keys(never)];
  const thresholds = linkThresholds(config);
  const judged: JudgedPair[] = [];
  const judge = (pair: LinkedPair) => {
    const isManual = linked.delete(key(pair));
    const fired = firedRules(pair, isManual, thresholds);
    const [first] = fired;
    const [one, other] = [accounts[pair.a], accounts[pair.b]];
    if (first === undefined || one === undefined || other === undefined) return;
    const doubt = isManual ? null : policy.doubt(pair, one, other, thresholds.fuzzy);
    const verdict = barred.has(key(pair)) ? 'never' : doubt === null ? 'merge' : 'review';
    judged.push({ ...pair, fired, rule: first.rule, confidence: first.confidence, verdict, doubt });
  };
  for (const pair of pairs) judge(pair);
  for (const [a, b] of manual) {
    if (!linked.has(key({ a, b }))) continue;
    judge({ a, b, similarity: 0, sameName: false, sameParent: false, sharedEmail: false, sharedPhone: false });
  }
  return judged;
}
