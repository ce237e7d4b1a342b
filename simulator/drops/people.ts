import { base, cs_CZ, de, en, es, Faker, fr, ja, pl } from '@faker-js/faker';
import type { Random } from '../random.ts';

/** Name, address and phone of a customer or an employee. */
export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly address: string;
  readonly pincode: string;
  readonly phone: string;
}

interface Names {
  readonly first: readonly string[];
  readonly last: readonly string[];
}

/** Words to draw from: drawing from a pool is a hundred times faster than asking faker each time. */
export interface NamePools {
  readonly english: Names;
  /** One entry per language. */
  readonly others: readonly Names[];
  readonly streets: readonly string[];
  readonly cities: readonly string[];
}

function many(count: number, make: () => string): readonly string[] {
  return Array.from({ length: count }, make);
}

export function namePools(seed: number): NamePools {
  const english = new Faker({ locale: [en, base], seed });
  const foreign = [de, fr, es, pl, cs_CZ, ja].map((locale) => new Faker({ locale: [locale, en, base], seed }));
  const names = (faker: Faker, count: number): Names => ({
    first: many(count, () => faker.person.firstName()),
    last: many(count, () => faker.person.lastName()),
  });
  return {
    english: names(english, 500),
    others: foreign.map((faker) => names(faker, 80)),
    streets: many(400, () => english.location.street()),
    cities: many(200, () => english.location.city()),
  };
}

/** One in five has a name that is not English; given and family name are of one language. */
export function makePerson(pools: NamePools, random: Random): Person {
  const names = random.chance(0.2) ? random.pick(pools.others) : pools.english;
  return {
    firstName: random.pick(names.first),
    lastName: random.pick(names.last),
    ...makeAddress(pools, random),
    phone: makePhone(random),
  };
}

/** Every address has a comma and some have quotes, so a reader that splits at commas fails early. */
export function makeAddress(pools: NamePools, random: Random): Pick<Person, 'address' | 'pincode'> {
  const house = random.chance(0.04) ? `"${random.pick(pools.streets)} House", ` : '';
  const number = random.integer(1, 240);
  return {
    address: `${house}${number} ${random.pick(pools.streets)}, ${random.pick(pools.cities)}`,
    pincode: String(random.integer(100_000, 999_999)),
  };
}

export function makePhone(random: Random): string {
  return `+1 ${random.integer(201, 989)} 555 ${String(random.integer(0, 9_999)).padStart(4, '0')}`;
}
