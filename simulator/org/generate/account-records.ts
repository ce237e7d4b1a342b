import { decimalText } from '../../drops/csv.ts';
import { leadSources } from '../shapes/picklists.ts';
import { audit } from './audit.ts';
import { inCurrency } from './exchange-rates.ts';
import { phoneNumber, postalAddress } from './person-words.ts';
import type { Range, Segment, Story } from './story.ts';
import { laterMoment, momentOf } from './timeline.ts';
import type { OrgWorld } from './world.ts';

/** Revenue in US dollars, staff and credit limit by segment: least and most. */
const sizes: Readonly<Record<Segment, { revenue: Range; staff: Range; credit: number }>> = {
  Enterprise: { revenue: [100_000_000, 5_000_000_000], staff: [1_000, 60_000], credit: 1_000_000 },
  'Mid-Market': { revenue: [10_000_000, 99_000_000], staff: [100, 999], credit: 150_000 },
  SMB: { revenue: [300_000, 9_900_000], staff: [3, 99], credit: 20_000 },
};

/** In hundredths of the account's currency; 0 for the accounts that have none. */
export function creditLimit({ number, segment, place }: Story): number {
  return number % 5 === 4 ? 0 : inCurrency(sizes[segment].credit, place.currency);
}

/** Written last, when the day of the last activity is known. */
export function addAccount(world: OrgWorld, story: Story, lastActivityDay: number | null): void {
  const { number, random, name, place, segment, standing, createdDay, domain } = story;
  const { revenue, staff } = sizes[segment];
  const created = momentOf(createdDay, random);
  const limit = creditLimit(story);
  const listed = segment === 'Enterprise' && random.chance(0.4);
  world.files.add('Account', {
    Id: story.id,
    Name: name,
    Type: standing === 'prospect' ? 'Prospect' : random.chance(0.08) ? 'Partner' : 'Customer',
    ParentId: story.parentId,
    ...postalAddress('Billing', world.words, random),
    BillingState: random.pick(place.states),
    BillingCountry: place.country,
    Phone: phoneNumber(place.dialCode, 2, number),
    Website: `https://www.${domain}`,
    Industry: story.industry,
    AnnualRevenue: decimalText(inCurrency(random.integer(...revenue), place.currency)),
    NumberOfEmployees: random.integer(...staff),
    Ownership: listed ? 'Public' : 'Private',
    TickerSymbol: listed ? domain.slice(0, 4).toUpperCase() : null,
    AccountNumber: `ACC-${String(number + 1).padStart(7, '0')}`,
    Site: random.chance(0.3) ? 'Headquarters' : null,
    Rating: random.pick(['Hot', 'Warm', 'Cold']),
    AccountSource: random.pick(leadSources),
    Description: `${segment} company in ${story.industry}, "${place.region}"`,
    YearStarted: String(random.integer(1890, 2020)),
    CurrencyIsoCode: place.currency,
    OwnerId: story.ownerId,
    ...audit(created, laterMoment(created, world.today, random), story.ownerId),
    LastActivityDate: lastActivityDay,
    CustomerSegment__c: segment,
    GeographicRegion__c: place.region,
    AccountStatus__c: standing === 'customer' ? 'Active' : standing === 'former' ? 'Churned' : 'Pending',
    Credit_Limit__c: limit === 0 ? null : decimalText(limit),
  });
}
