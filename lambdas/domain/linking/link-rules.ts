import type { AccountLinksConfig } from './account-links-config.ts';
import type { LinkedPair } from './link-account.ts';

/** The specification's rules, strongest first among equals. */
export const linkRules = ['manual', 'exact_name', 'fuzzy_name', 'same_parent', 'shared_contact'] as const;
export type LinkRule = (typeof linkRules)[number];

/** A rule that holds for a pair, and what came of it. */
export interface FiredRule {
  readonly rule: LinkRule;
  /** Hundredths of a percent. */
  readonly confidence: number;
}

/** Thresholds in hundredths of a percent. */
export interface LinkThresholds {
  readonly fuzzy: number;
  readonly sameParent: number;
  readonly sharedContact: number;
}

export function linkThresholds({ similarity }: Pick<AccountLinksConfig, 'similarity'>): LinkThresholds {
  const hundredths = (percent: number) => Math.round(percent * 100);
  return {
    fuzzy: hundredths(similarity.fuzzy),
    sameParent: hundredths(similarity.same_parent),
    sharedContact: hundredths(similarity.shared_contact),
  };
}

/** Every rule that holds for a pair, the most confident first. Integer arithmetic: the thresholds are met exactly or not at all. */
export function firedRules(
  pair: Omit<LinkedPair, 'a' | 'b'>,
  isManual: boolean,
  thresholds: LinkThresholds,
): FiredRule[] {
  const { similarity, sameName, sameParent } = pair;
  const sharedContact = pair.sharedEmail || pair.sharedPhone;
  const fired: FiredRule[] = [];
  if (isManual) fired.push({ rule: 'manual', confidence: 10_000 });
  if (sameName) fired.push({ rule: 'exact_name', confidence: 10_000 });
  if (similarity >= thresholds.fuzzy) {
    fired.push({ rule: 'fuzzy_name', confidence: fuzzyConfidence(similarity, sameParent, sharedContact, thresholds) });
  }
  if (sameParent && similarity >= thresholds.sameParent) fired.push({ rule: 'same_parent', confidence: 9_000 });
  if (sharedContact && similarity >= thresholds.sharedContact)
    fired.push({ rule: 'shared_contact', confidence: 8_500 });
  return fired.toSorted(
    (one, other) => other.confidence - one.confidence || linkRules.indexOf(one.rule) - linkRules.indexOf(other.rule),
  );
}

/** min(100, 85 + (similarity − threshold) / (100 − threshold) × 10 + 10 with a common parent + 10 with a common contact), rounded half up. */
function fuzzyConfidence(
  similarity: number,
  sameParent: boolean,
  sharedContact: boolean,
  { fuzzy }: LinkThresholds,
): number {
  const span = 10_000 - fuzzy;
  const above = span === 0 ? 1_000 : Math.floor((2 * 1_000 * (similarity - fuzzy) + span) / (2 * span));
  return Math.min(10_000, 8_500 + above + (sameParent ? 1_000 : 0) + (sharedContact ? 1_000 : 0));
}
