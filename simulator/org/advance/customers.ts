import { type CompanyNames, nameText } from '../generate/company-names.ts';
import { type PersonWords, personName, phoneNumber } from '../generate/person-words.ts';
import { placeChoice } from '../generate/places.ts';
import { plainLetters } from '../generate/unlike-words.ts';
import { industries } from '../shapes/picklists.ts';
import type { OrgDay } from './org-day.ts';

export interface NameSources {
  readonly companies: CompanyNames;
  readonly words: PersonWords;
}

/** Names at the end are left to the warehouse's unknown customers. */
const namesLeft = 1_000;

/** New accounts with contacts. */
export async function addCustomers(day: OrgDay, { companies, words }: NameSources): Promise<void> {
  const [seller] = await day.pick('User', 1, [], `"IsActive" and "Title" = 'Account Executive'`);
  const [anybody] = seller === undefined ? await day.pick('User', 1) : [seller];
  for (let added = day.count(20); added > 0; added--) {
    const place = placeChoice.pick(day.random);
    const industry = day.random.pick(industries);
    const sequence = ((Date.parse(day.date) / 86_400_000) % 1_000) * 1_000 + added;
    const company = companies.name(companies.count - namesLeft - sequence, industry, place, day.random);
    const domain = `${company.words.map(plainLetters).join('')}.example`;
    const owner = anybody?.Id ?? '';
    const common = { CurrencyIsoCode: place.currency, OwnerId: owner };
    const accountId = await day.insert('Account', owner, {
      ...common,
      Name: nameText(company),
      Type: 'Prospect',
      Industry: industry,
      Website: `https://www.${domain}`,
      Phone: phoneNumber(place.dialCode, 4, sequence),
      BillingCountry: place.country,
      BillingState: day.random.pick(place.states),
      CustomerSegment__c: 'SMB',
      GeographicRegion__c: place.region,
      AccountStatus__c: 'Pending',
    });
    for (let contacts = 3; contacts > 0; contacts--) {
      const { first, last, mailbox } = personName(words, day.random);
      await day.insert('Contact', owner, {
        ...common,
        AccountId: accountId,
        FirstName: first,
        LastName: last,
        Name: `${first} ${last}`,
        Email: `${mailbox}.n${sequence}.${contacts}@${domain}`,
        LeadSource: 'Web',
      });
    }
  }
}

/** Edits of accounts and contacts, some twice within one second. */
export async function editCustomers(day: OrgDay): Promise<void> {
  for (const { Id = '', OwnerId = '' } of await day.pick('Account', day.count(150), ['OwnerId'])) {
    const stampedAt = day.moment();
    day.update(
      'Account',
      Id,
      { Rating: day.random.pick(['Hot', 'Warm', 'Cold']), LastModifiedById: OwnerId },
      stampedAt,
    );
    if (!day.random.chance(0.1)) continue;
    day.update('Account', Id, { Description: `Reviewed on ${day.date}`, LastModifiedById: OwnerId }, stampedAt);
  }
  for (const { Id = '', OwnerId = '' } of await day.pick('Contact', day.count(400), ['OwnerId'])) {
    day.update('Contact', Id, { EngagementScore__c: day.random.integer(0, 100), LastModifiedById: OwnerId });
  }
}
