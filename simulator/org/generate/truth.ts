import { z } from 'zod';
import { variations } from './name-variants.ts';
import { alertTypes, ruleIds } from './signals.ts';

const decimal = z.string().regex(/^-?\d+\.\d\d$/);
const ids = z.array(z.string()).readonly();

const dealSumsSchema = z.object({
  count: z.int(),
  /** In the currency of the opportunities. */
  amount: decimal,
  /** Each converted at the org's dated rate of its CloseDate (the last one for the future) and rounded to cents. */
  usd: decimal,
});

/** What a correct pipeline must find in a generated org. Deleted records count nowhere but in `rows`. */
export const orgTruthSchema = z.object({
  seed: z.int(),
  scale: z.number(),
  lastDay: z.iso.date(),
  /** Records per object: those that a query shows, and those in the recycle bin. */
  rows: z.record(z.string(), z.object({ live: z.int(), deleted: z.int() })),
  accountsByIndustry: z.record(z.string(), z.int()),
  /** Opportunities by the account's industry (`(unattributed)` without account) and by currency. */
  deals: z.array(
    z.object({
      industry: z.string(),
      currency: z.string(),
      won: dealSumsSchema,
      lost: dealSumsSchema,
      open: dealSumsSchema,
    }),
  ),
  unattributedOpportunities: ids,
  /** All accounts for which an alert or a recommendation rule holds on the last day, in the order of their Ids. */
  alerts: z.record(z.enum(alertTypes), ids),
  rules: z.record(z.enum(ruleIds), ids),
  /** Accounts made for a purpose; not every one fires a signal, some are there to keep it silent. */
  planted: z.array(z.object({ kind: z.string(), detail: z.string(), accountIds: ids })),
  /** Accounts that are one company; `acrossRegions`: no two in the same region. */
  companies: z.array(
    z.object({
      variation: z.enum(variations),
      acrossRegions: z.boolean(),
      accounts: z.array(z.object({ id: z.string(), name: z.string(), region: z.string() })),
    }),
  ),
  /** Accounts merged away before the org was first read. */
  mergedAccounts: z.array(z.object({ loserId: z.string(), winnerId: z.string() })),
});

export type OrgTruth = z.infer<typeof orgTruthSchema>;
export type DealSums = z.infer<typeof dealSumsSchema>;
