import { Random } from '../../random.ts';
import { salesforceId } from '../salesforce-id.ts';
import { type Casting, castAccounts } from './casting.ts';
import { makeCatalogue, type Product } from './catalogue.ts';
import { CompanyNames } from './company-names.ts';
import { ExchangeRates } from './exchange-rates.ts';
import { type PersonWords, personWords } from './person-words.ts';
import type { RecordFiles } from './record-files.ts';
import type { OrgSettings } from './settings.ts';
import { dayNumber } from './timeline.ts';
import { makeUsers, type Users } from './users.ts';

/** What all accounts of a generated org share, and where their records go. */
export interface OrgWorld {
  readonly settings: OrgSettings;
  /** Day number of the last day: what `as_of` is. */
  readonly today: number;
  readonly files: RecordFiles;
  readonly casting: Casting;
  readonly companyNames: CompanyNames;
  readonly words: PersonWords;
  readonly rates: ExchangeRates;
  readonly products: readonly Product[];
  readonly users: Users;
}

export function makeOrgWorld(settings: OrgSettings, files: RecordFiles): OrgWorld {
  const today = dayNumber(settings.lastDay);
  const words = personWords(settings.seed);
  return {
    settings,
    today,
    files,
    casting: castAccounts(settings),
    companyNames: new CompanyNames(settings.seed),
    words,
    rates: new ExchangeRates(settings.seed, today),
    products: makeCatalogue(new Random(settings.seed, 'catalogue')),
    users: makeUsers(settings, words),
  };
}

/** The Id of the next record of an object, given how many it has. */
export function nextId(files: RecordFiles, object: string, keyPrefix: string): string {
  return salesforceId(keyPrefix, files.count(object));
}
