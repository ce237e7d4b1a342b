import { z } from 'zod';
import { decimalText } from '../hundredths.ts';
import type { AccountLinksConfig } from './account-links-config.ts';
import type { JudgedPair } from './judge-pairs.ts';
import type { LinkAccount } from './link-account.ts';
import { type FiredRule, linkRules } from './link-rules.ts';

/** What `evidence` of `gold.account_link` holds: every rule that holds for a pair, with its inputs. */
export const evidenceSchema = z.array(
  z.object({
    rule: z.enum([...linkRules, 'never_link']),
    /** Percent, decimal text; none for a ban. */
    confidence: z.string().exactOptional(),
    inputs: z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string().nullable())])),
  }),
);

export type Evidence = z.infer<typeof evidenceSchema>[number];

export type Decisions = Pick<AccountLinksConfig, 'link' | 'never_link'>;

/** Strongest rule first, a ban last. Contact values themselves are personal data, and stay in silver.shared_contact. */
export function evidenceOf(accounts: readonly LinkAccount[], pair: JudgedPair, decisions: Decisions): Evidence[] {
  const [one, other] = [accounts[pair.a], accounts[pair.b]];
  if (one === undefined || other === undefined) return [];
  const evidence: Evidence[] = pair.fired.map((fired) => ({
    rule: fired.rule,
    confidence: percent(fired.confidence),
    inputs: inputsOf([one, other], pair, fired, decisions),
  }));
  if (pair.verdict === 'never')
    evidence.push({ rule: 'never_link', inputs: { reason: reasonOf(one, other, decisions.never_link) } });
  return evidence;
}

function inputsOf(
  [one, other]: readonly [LinkAccount, LinkAccount],
  pair: JudgedPair,
  { rule }: FiredRule,
  decisions: Decisions,
): Evidence['inputs'] {
  const similarity = percent(pair.similarity);
  const contacts = [...(pair.sharedEmail ? ['email'] : []), ...(pair.sharedPhone ? ['phone'] : [])];
  switch (rule) {
    case 'manual':
      return { reason: reasonOf(one, other, decisions.link) };
    case 'exact_name':
      return { name: one.name_norm ?? '' };
    case 'fuzzy_name': {
      const names = [one.name_core, other.name_core];
      return { names, similarity, same_parent: pair.sameParent, shared_contacts: contacts };
    }
    case 'same_parent':
      return { parents: [one.parent_account_id, other.parent_account_id], similarity };
    case 'shared_contact':
      return { shared_contacts: contacts, similarity };
  }
}

function reasonOf(one: LinkAccount, other: LinkAccount, decisions: AccountLinksConfig['link']): string {
  const decision = decisions.find(
    ({ accounts }) => accounts.includes(one.account_id) && accounts.includes(other.account_id),
  );
  return decision?.reason ?? '';
}

function percent(hundredths: number): string {
  return decimalText(BigInt(hundredths));
}
