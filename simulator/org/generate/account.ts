import { addActivities } from './activity-records.ts';
import { addAccount, addContacts } from './account-records.ts';
import { addInvoices } from './invoice-records.ts';
import { addOpportunities } from './opportunity-records.ts';
import { addAssets, addContracts } from './subscription-records.ts';
import { addCases } from './support-records.ts';
import { makeStory } from './story.ts';
import type { Tally } from './tally.ts';
import { addUsage } from './usage-records.ts';
import type { OrgWorld } from './world.ts';

/** Writes the account of this number with everything that belongs to it, and counts it. */
export function addAccountWithRecords(world: OrgWorld, number: number, tally: Tally): void {
  const story = makeStory(world, number);
  const contactIds = addContacts(world, story);
  const { opportunityIds, annualRevenue, previousRevenue } = addOpportunities(world, story, tally);
  const daysToExpiry = addContracts(world, story);
  const services = addAssets(world, story);
  const usage = addUsage(world, story, services);
  const { hasInvoices, ...payments } = addInvoices(world, story);
  const support = addCases(world, story, contactIds);
  const activity = addActivities(world, story, { contactIds, opportunityIds });
  addAccount(world, story, activity.daysSinceActivity === null ? null : world.today - activity.daysSinceActivity);
  tally.account(
    story,
    {
      annualRevenue,
      previousRevenue,
      usageRecent: usage.recent,
      usagePrevious: usage.previous,
      activeServices: services.length,
      daysToExpiry,
      ...payments,
      ...support,
      ...activity,
    },
    hasInvoices,
  );
}
