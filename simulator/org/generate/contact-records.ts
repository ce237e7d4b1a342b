import { Random } from '../../random.ts';
import { contact as shape } from '../shapes/customers.ts';
import { leadSources } from '../shapes/picklists.ts';
import { audit } from './audit.ts';
import { personName, phoneNumber, postalAddress } from './person-words.ts';
import type { Story } from './story.ts';
import { isoDate, laterMoment, momentOf } from './timeline.ts';
import { nextId, type OrgWorld } from './world.ts';

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
  const shared = sharedPerson(world, story) ?? undefined;
  const ids = Array.from({ length: story.contacts }, (_, index) =>
    addContact(world, story, story.random, false, index === 0 ? shared : undefined),
  );
  if (story.random.chance(0.015)) addContact(world, story, story.random, true);
  return ids;
}

/**
 * The person whom all accounts of a company know, where only that links them, and for half of the mistyped names; null for every other
 * account.
 */
export function sharedPerson(
  world: Pick<OrgWorld, 'settings' | 'words'>,
  { group, domain }: Story,
): { name: ReturnType<typeof personName>; reach: { Email: string; Phone: string } } | null {
  const isShared =
    group !== null && (group.variation === 'shared-contact' || (group.variation === 'typo' && group.number % 4 === 3));
  if (!isShared) return null;
  const person = new Random(world.settings.seed, `contact of group ${group.number}`);
  const name = personName(world.words, person);
  const reach = { Email: `${name.mailbox}.g${group.number}@${domain}`, Phone: phoneNumber('+1', 8, group.number) };
  return { name, reach };
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
  const id = nextId(files, 'Contact', shape.keyPrefix);
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
    ...audit(created, laterMoment(created, world.today, random), story.ownerId),
    IsDeleted: deleted,
    ContactRole__c: random.pick(roles),
    ContactLevel__c: level,
    EngagementScore__c: random.integer(0, 100),
  });
  return id;
}
