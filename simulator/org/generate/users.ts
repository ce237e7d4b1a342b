import { Random } from '../../random.ts';
import { salesforceId } from '../salesforce-id.ts';
import { user as shape } from '../shapes/organisation.ts';
import { regions } from '../shapes/picklists.ts';
import { audit } from './audit.ts';
import { type Place, places } from './places.ts';
import { type PersonWords, personName, phoneNumber } from './person-words.ts';
import type { Draft } from './record-files.ts';
import { accountCount, type OrgSettings, scaledCount } from './settings.ts';
import { dayNumber } from './timeline.ts';

/** Where they are spread by chance, so that few have more than 50. */
const accountsPerSeller = 40;

/** The people of the org. */
export interface Users {
  /** The user as whom other systems write. */
  readonly integration: string;
  /** Salespeople by region. */
  readonly sellers: ReadonlyMap<string, readonly string[]>;
  readonly agents: readonly string[];
  readonly drafts: readonly Draft[];
}

/** One manager per region, its salespeople, the support agents, and the integration user. */
export function makeUsers(settings: OrgSettings, words: PersonWords): Users {
  const random = new Random(settings.seed, 'users');
  const created = (dayNumber(settings.lastDay) - 1_500) * 86_400;
  const drafts: Draft[] = [];
  const hire = (title: string, department: string, managerId: string | null): string => {
    const number = drafts.length;
    const id = salesforceId(shape.keyPrefix, number);
    const { first, last, mailbox } = personName(words, random);
    drafts.push({
      Id: id,
      Username: `${mailbox}.${number}@headwater.example`,
      FirstName: first,
      LastName: last,
      Name: `${first} ${last}`,
      Title: title,
      Department: department,
      Email: `${mailbox}.${number}@headwater.example`,
      Phone: phoneNumber('+1', 9, number),
      IsActive: title === 'Integration' || managerId === null || !random.chance(0.05),
      UserType: 'Standard',
      ManagerId: managerId,
      DefaultCurrencyIsoCode: 'USD',
      CurrencyIsoCode: 'USD',
      ...audit(created, created + random.integer(0, 1_400) * 86_400, salesforceId(shape.keyPrefix, 0)),
    });
    return id;
  };
  const integration = hire('Integration', 'IT', null);
  const sellers = new Map(
    regions.map((region) => {
      const managerId = hire('Regional Sales Manager', `Sales ${region}`, null);
      const sales = () => hire('Account Executive', `Sales ${region}`, managerId);
      return [region, Array.from({ length: sellersOf(region, settings) }, sales)];
    }),
  );
  const head = hire('Head of Support', 'Support', null);
  const support = () => hire('Support Engineer', 'Support', head);
  const agents = Array.from({ length: Math.min(200, scaledCount(settings, 24, 3)) }, support);
  return { integration, sellers, agents, drafts };
}

/** As many as can look after the accounts of the region: an advisor has room for 50. */
function sellersOf(region: string, settings: OrgSettings): number {
  const weight = (some: readonly Place[]) => some.reduce((sum, place) => sum + place.weight, 0);
  const share = weight(places.filter((place) => place.region === region)) / weight(places);
  return Math.max(3, Math.ceil((accountCount(settings) * share) / accountsPerSeller));
}
