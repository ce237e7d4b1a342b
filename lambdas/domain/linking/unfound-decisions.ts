import type { AccountLinks } from './account-links.ts';
import type { AccountLinksConfig } from './account-links-config.ts';

/** A row of `silver.unfound_decision`. */
export interface UnfoundDecision {
  readonly decision: 'link' | 'never_link';
  readonly account_id: string;
  readonly reason: string;
}

/**
 * Ids in `link` and `never_link` that no account has: mistyped, deleted or merged away in the org since. Such a decision has no effect, which
 * whoever made it must hear. None where there are no accounts at all: then nothing can be said of them.
 */
export function unfoundDecisions(
  { accounts }: Pick<AccountLinks, 'accounts'>,
  config: Pick<AccountLinksConfig, 'link' | 'never_link'>,
): UnfoundDecision[] {
  if (accounts.length === 0) return [];
  const known = new Set(accounts.map(({ account_id }) => account_id));
  return (['link', 'never_link'] as const).flatMap((decision) => {
    const reasons = new Map<string, string>();
    for (const { accounts: named, reason } of config[decision]) {
      // An Id of several decisions stands once, with the first of their reasons.
      for (const id of named) if (!known.has(id) && !reasons.has(id)) reasons.set(id, reason);
    }
    return [...reasons].map(([account_id, reason]) => ({ decision, account_id, reason }));
  });
}
