import { castAccounts } from './casting.ts';
import { CompanyNames } from './company-names.ts';
import { sharedPerson } from './contact-records.ts';
import { personWords } from './person-words.ts';
import { accountCount, checkOrgSettings, type OrgSettings } from './settings.ts';
import { makeStory } from './story.ts';
import { dayNumber } from './timeline.ts';
import { makeUsers } from './users.ts';

/** What of an account tells which company it is of. */
export interface AccountOutline {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly parentId: string | null;
  /** A person whom other accounts of the company know too. */
  readonly shared: { readonly email: string; readonly phone: string } | null;
  /** Number of the company among those with several accounts, the same for all of them; null for the others. */
  readonly company: number | null;
}

/** The accounts of the org with these settings, with the same Ids and names, but without their records: two million take half a minute. */
export function* accountOutlines(given: OrgSettings): Generator<AccountOutline> {
  const settings = checkOrgSettings(given);
  const words = personWords(settings.seed);
  const world = {
    settings,
    today: dayNumber(settings.lastDay),
    casting: castAccounts(settings),
    companyNames: new CompanyNames(settings.seed),
    words,
    users: makeUsers(settings, words),
  };
  for (let number = 0; number < accountCount(settings); number++) {
    const story = makeStory(world, number);
    const person = sharedPerson(world, story);
    yield {
      id: story.id,
      name: story.name.trim(),
      region: story.place.region,
      parentId: story.parentId,
      shared: person === null ? null : { email: person.reach.Email, phone: person.reach.Phone.replaceAll(' ', '') },
      company: story.group?.number ?? null,
    };
  }
}
