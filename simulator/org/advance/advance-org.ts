import { CompanyNames } from '../generate/company-names.ts';
import { personWords } from '../generate/person-words.ts';
import type { OrgDatabase } from '../org-database.ts';
import { billCustomers, setRates, useServices } from './billing.ts';
import { addCustomers, editCustomers, type NameSources } from './customers.ts';
import { OrgDay } from './org-day.ts';
import { removeRecords } from './removals.ts';
import { moveOpportunities, openOpportunities } from './selling.ts';
import { haveActivities, workOnCases } from './serving.ts';

export interface AdvanceOptions {
  /** Whole days, at least 1. */
  readonly days: number;
  readonly seed: number;
  /** Most seconds by which a commit follows its stamp, 0 unless told; what is committed after the last day waits for `settle`. */
  readonly commitDelay?: number;
}

export interface AdvanceSummary {
  readonly from: string;
  readonly to: string;
  /** Changes by kind and object, as in `update Account`. */
  readonly changes: Readonly<Record<string, number>>;
  readonly won: number;
  readonly lost: number;
  readonly invoicesPaid: number;
}

/**
 * Lets days pass in an org: edits, new records, deletions and hard deletions with their details, undeletions, merges, wins, losses,
 * payments, usage and rates, as many as fit the org's size, all stamped within the day from the org's clock on, which moves on.
 * The same org, seed and days give the same changes. Throws a RangeError for options that cannot work or an org without accounts.
 */
export async function advanceOrg(database: OrgDatabase, options: AdvanceOptions): Promise<AdvanceSummary> {
  const { days, seed, commitDelay = 0 } = options;
  if (!Number.isInteger(days) || days < 1) throw new RangeError(`days: expected a whole number from 1, got ${days}`);
  const names = { companies: new CompanyNames(seed), words: personWords(seed) };
  const from = await database.now();
  const changes: Record<string, number> = {};
  const totals = { won: 0, lost: 0, invoicesPaid: 0 };
  for (let passed = 0; passed < days; passed++) {
    const day = await OrgDay.begin(database, { seed, commitDelay });
    const sums = await live(day, names);
    await day.claimIds();
    for (const { kind, object } of day.changes) changes[`${kind} ${object}`] = (changes[`${kind} ${object}`] ?? 0) + 1;
    totals.won += sums.won;
    totals.lost += sums.lost;
    totals.invoicesPaid += sums.invoicesPaid;
    await database.setNow(day.end);
    await database.apply(day.changes);
  }
  const to = await database.now();
  return { from: from.toISOString(), to: to.toISOString(), changes, ...totals };
}

async function live(day: OrgDay, names: NameSources): Promise<{ won: number; lost: number; invoicesPaid: number }> {
  await removeRecords(day);
  const sold = await moveOpportunities(day);
  await openOpportunities(day);
  await addCustomers(day, names);
  await editCustomers(day);
  await workOnCases(day);
  await haveActivities(day);
  const { invoicesPaid } = await billCustomers(day);
  await useServices(day);
  await setRates(day);
  return { ...sold, invoicesPaid };
}
