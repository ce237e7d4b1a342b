import { CompanyNames, nameText } from '../org/generate/company-names.ts';
import { places } from '../org/generate/places.ts';
import type { OrgDatabase } from '../org/org-database.ts';
import type { Random } from '../random.ts';

/** Who may order: an account, or only a name. */
export interface Orderer {
  readonly name: string;
  readonly currency: string;
  /** null: no account has the name, or more than one. */
  readonly accountId: string | null;
}

/** The org's live accounts by how their names can be resolved, and names that it does not know. */
export interface Orderers {
  readonly unique: readonly Orderer[];
  readonly ambiguous: readonly Orderer[];
  readonly unknown: readonly Orderer[];
}

const unknownNames = 40;

/** Ambiguous: equal but for case and spacing. Unique: different even without punctuation. Names in between order nothing. */
export async function readOrderers(database: OrgDatabase, seed: number, random: Random): Promise<Orderers> {
  const reader = await database.connection.runAndReadAll(`
    with named as (
      select "Id" as id, "Name" as name, "CurrencyIsoCode" as currency,
        trim(regexp_replace(lower("Name"), '\\s+', ' ', 'g')) as strict,
        trim(regexp_replace(lower("Name"), '[^\\p{L}\\p{N}]+', ' ', 'g')) as loose
      from org."Account" where not "IsDeleted"
    )
    select id, name, currency, count(*) over (partition by strict) as equal, count(*) over (partition by loose) as alike
    from named order by id`);
  const known = new Set<string>();
  const unique: Orderer[] = [];
  const ambiguous: Orderer[] = [];
  for (const [id, name, currency, equal, alike] of reader.getRows()) {
    const orderer = { name: String(name), currency: String(currency) };
    known.add(letters(orderer.name));
    if (Number(alike) === 1) unique.push({ ...orderer, accountId: String(id) });
    else if (Number(equal) > 1) ambiguous.push({ ...orderer, accountId: null });
  }
  const names = new CompanyNames(seed);
  const unknown = Array.from({ length: unknownNames }, (_, index): Orderer => {
    const place = random.pick(places);
    const name = names.name(names.count - 1 - index, 'Retail', place, random);
    return { name: nameText(name), currency: place.currency, accountId: null };
  });
  return { unique, ambiguous, unknown: unknown.filter(({ name }) => !known.has(letters(name))) };
}

/** The name as a clerk types it: other case, other spacing. */
export function retyped(name: string, random: Random): string {
  const spellings = [name, name, name.toLowerCase(), name.replaceAll(' ', '  '), ` ${name} `];
  // A ß does not come back from capitals.
  if (name.toUpperCase().toLowerCase() === name.toLowerCase()) spellings.push(name.toUpperCase());
  return random.pick(spellings);
}

/** Only letters and digits count. */
function letters(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Lower case, single spaces. */
export function nameKey(name: string): string {
  return name.toLowerCase().trim().replace(/\s+/g, ' ');
}
