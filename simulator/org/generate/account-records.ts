import { audit } from './audit.ts';
import { inCurrency } from './exchange-rates.ts';
import { personName, phoneNumber, postalAddress } from './person-words.ts';
import { nextId, type OrgWorld } from './world.ts';
import type { Range, Segment, Story } from './story.ts';
import { isoDate, momentOf } from './timeline.ts';
import { decimalText } from '../../drops/csv.ts';
import { contact as contactShape } from '../shapes/customers.ts';
import { leadSources } from '../shapes/picklists.ts';
import { Random } from '../../random.ts';

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
    ...audit(created, lastChange(world, created, random), story.ownerId),
    LastActivityDate: lastActivityDay,
    CustomerSegment__c: segment,
    GeographicRegion__c: place.region,
    AccountStatus__c: standing === 'customer' ? 'Active' : standing === 'former' ? 'Churned' : 'Pending',
    Credit_Limit__c: limit === 0 ? null : decimalText(limit),
  });
}

/** Some time between the creation and the last evening. */
function lastChange({ today }: OrgWorld, created: number, random: Random): number {
  const end = (today + 1) * 86_400 - 3_600;
  return created + Math.floor((end - created) * random.next());
}

const roles = ['Decision Maker', 'Influencer', 'Champion', 'Evaluator', 'User'];
const levels = {
  'C-Level': 'Chief',
  VP: 'Vice President',
  Director: 'Director',
  Manager: 'Manager',
  'Individual Contributor': 'Specialist',
} as const;
const departments = ['Finance', 'IT', 'Operations', 'Procurement', 'Marketing', 'Sales'];

/** The account's contacts, one now and then deleted. Answers with the Ids of those that are left. */
export function addContacts(world: OrgWorld, story: Story): readonly string[] {
  const ids = Array.from({ length: story.contacts }, (_, index) =>
    index === 0 && sharesContact(story)
      ? addSharedContact(world, story)
      : addContact(world, story, story.random, false),
  );
  if (story.random.chance(0.015)) addContact(world, story, story.random, true);
  return ids;
}

/** Accounts of one company know the same person, where only that links them, and for half of the mistyped names. */
function sharesContact({ group }: Story): boolean {
  return (
    group !== null && (group.variation === 'shared-contact' || (group.variation === 'typo' && group.number % 4 === 3))
  );
}

function addSharedContact(world: OrgWorld, story: Story): string {
  const number = story.group?.number ?? 0;
  const person = new Random(world.settings.seed, `contact of group ${number}`);
  const name = personName(world.words, person);
  const reach = { Email: `${name.mailbox}.g${number}@${story.domain}`, Phone: phoneNumber('+1', 8, number) };
  return addContact(world, story, story.random, false, { name, reach });
}

function addContact(
  world: OrgWorld,
  story: Story,
  random: Random,
  deleted: boolean,
  shared?: { name: ReturnType<typeof personName>; reach: { Email: string; Phone: string } },
): string {
  const { files, words } = world;
  const { place } = story;
  const number = files.count('Contact');
  const id = nextId(files, 'Contact', contactShape.keyPrefix);
  const { first, last, mailbox } = shared?.name ?? personName(words, random);
  const level = random.pick(Object.keys(levels) as (keyof typeof levels)[]);
  const department = random.pick(departments);
  const created = momentOf(Math.min(world.today, story.createdDay + random.integer(0, 300)), random);
  files.add('Contact', {
    Id: id,
    AccountId: story.id,
    LastName: last,
    FirstName: first,
    Name: `${first} ${last}`,
    ...postalAddress('Mailing', words, random),
    MailingState: random.pick(place.states),
    MailingCountry: place.country,
    Phone: phoneNumber(place.dialCode, 3, number),
    MobilePhone: phoneNumber(place.dialCode, 7, number),
    Email: `${mailbox}.${number}@${story.domain}`,
    ...shared?.reach,
    Title: level === 'C-Level' ? `Chief ${department} Officer` : `${department} ${levels[level]}`,
    Department: department,
    LeadSource: random.pick(leadSources),
    Description: random.chance(0.2) ? `Met in ${isoDate(story.createdDay).slice(0, 4)}` : null,
    DoNotCall: random.chance(0.05),
    HasOptedOutOfEmail: random.chance(0.08),
    CurrencyIsoCode: place.currency,
    OwnerId: story.ownerId,
    ...audit(created, lastChange(world, created, random), story.ownerId),
    IsDeleted: deleted,
    ContactRole__c: random.pick(roles),
    ContactLevel__c: level,
    EngagementScore__c: random.integer(0, 100),
  });
  return id;
}
