import { Random } from '../../random.ts';
import { salesforceId } from '../salesforce-id.ts';
import { user as shape } from '../shapes/organisation.ts';
import { regions } from '../shapes/picklists.ts';
import { audit } from './audit.ts';
import { type PersonWords, personName, phoneNumber } from './person-words.ts';
import type { Draft } from './record-files.ts';
import { type OrgSettings, scaledCount } from './settings.ts';
import { dayNumber } from './timeline.ts';

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
  const perRegion = Math.min(200, scaledCount(settings, 24, 3));
  const sellers = new Map(
    regions.map((region) => {
      const managerId = hire('Regional Sales Manager', `Sales ${region}`, null);
      const team = Array.from({ length: perRegion }, () => hire('Account Executive', `Sales ${region}`, managerId));
      return [region, team];
    }),
  );
  const head = hire('Head of Support', 'Support', null);
  const agents = Array.from({ length: perRegion }, () => hire('Support Engineer', 'Support', head));
  return { integration, sellers, agents, drafts };
}
