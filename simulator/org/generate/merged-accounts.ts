import { Random } from '../../random.ts';
import { account as shape } from '../shapes/customers.ts';
import { audit } from './audit.ts';
import { scaledCount } from './settings.ts';
import { accountId, makeStory } from './story.ts';
import { momentOf } from './timeline.ts';
import type { OrgTruth } from './truth.ts';
import { nextId, type OrgWorld } from './world.ts';

/** Losers of merges long done: in the recycle bin, pointing to the account that took over what they had. */
export function addMergedAccounts(world: OrgWorld): OrgTruth['mergedAccounts'] {
  const { settings, files, today } = world;
  const random = new Random(settings.seed, 'merged accounts');
  const accounts = files.count('Account');
  return Array.from({ length: scaledCount(settings, 40, 3) }, () => {
    const winner = makeStory(world, random.integer(0, accounts - 1));
    const created = momentOf(winner.createdDay, random);
    const merged = momentOf(random.integer(winner.createdDay + 1, today), random);
    const loserId = nextId(files, 'Account', shape.keyPrefix);
    files.add('Account', {
      Id: loserId,
      MasterRecordId: winner.id,
      Name: `${winner.name.trim()} (old)`,
      Type: 'Prospect',
      Industry: winner.industry,
      BillingCountry: winner.place.country,
      CurrencyIsoCode: winner.place.currency,
      OwnerId: winner.ownerId,
      ...audit(created, Math.max(created, merged), winner.ownerId),
      IsDeleted: true,
      GeographicRegion__c: winner.place.region,
    });
    return { loserId, winnerId: accountId(winner.number) };
  });
}
