import { Random } from '../random.ts';
import { addDays, type Day, dayAt } from './calendar.ts';
import { makePerson, type NamePools, type Person } from './people.ts';
import { type DropSettings, scaled } from './settings.ts';
import type { Store } from './stores.ts';

export interface Customer {
  readonly id: number;
  readonly person: Person;
  readonly homeStore: Store;
  /** Relative number of purchases; 0 buys only what is planted. */
  readonly appetite: number;
  /** First and last day index of purchases, both included. */
  readonly from: number;
  readonly until: number;
  readonly joined: string;
}

/** Shares of customers by how much they buy: many once, a few very often. */
const kinds = [
  { upTo: 0.4, least: 1, most: 1 },
  { upTo: 0.8, least: 3, most: 12 },
  { upTo: 0.97, least: 20, most: 80 },
  { upTo: 1, least: 100, most: 250 },
];

/** When newcomers are announced, as shares of the period; nobody buys before their customer file. */
export const customerFilesAt = [0, 0.25, 0.5, 0.75];

/** Far above every id that a scale can reach. */
const firstUnknownId = 9_000_001;

/** Two customers whose last purchase is planted, at the end of the list. */
export const plantedCustomers = 2;

function customerCount(settings: DropSettings): number {
  return scaled(settings, 20_000, 50);
}

/** Everyone in the customer files of the first run. */
export function makeCustomers(
  settings: DropSettings,
  pools: NamePools,
  stores: readonly Store[],
  days: readonly Day[],
): readonly Customer[] {
  const random = new Random(settings.seed, 'customers');
  const count = customerCount(settings);
  return Array.from({ length: count }, (_, index) => {
    const quiet = index >= count - plantedCustomers;
    const start = dayAt(days, !quiet && random.chance(0.15) ? random.pick(customerFilesAt) : 0);
    const fate = random.next();
    const kind = kinds.find(({ upTo }) => fate < upTo);
    return {
      id: index + 1,
      person: makePerson(pools, random),
      homeStore: random.pick(stores),
      appetite: quiet || kind === undefined ? 0 : random.integer(kind.least, kind.most),
      from: start.index,
      until: lastPurchaseDay(start.index, days.length, random),
      joined: addDays(start.date, -random.integer(0, start.index === 0 ? 2_500 : 20)),
    };
  });
}

/** One in five stays away for the last 91 days or more, where the period is long enough for that. */
function lastPurchaseDay(from: number, days: number, random: Random): number {
  const latestLapse = days - 92;
  return random.chance(0.2) && latestLapse > from + 30 ? random.integer(from + 30, latestLapse) : days - 1;
}

export interface LateCustomer {
  readonly id: number;
  readonly person: Person;
  readonly joined: string;
}

/** Customers who buy weeks before the file that holds them, `customers_<lastDay>.csv`, arrives. */
export function makeLateCustomers(settings: DropSettings, pools: NamePools): readonly LateCustomer[] {
  const random = new Random(settings.seed, 'late customers');
  return Array.from({ length: scaled(settings, 50, 2) }, (_, index) => ({
    id: customerCount(settings) + index + 1,
    person: makePerson(pools, random),
    joined: addDays(settings.lastDay, -random.integer(43, 60)),
  }));
}

/** An id that no customer file ever holds. */
export function unknownCustomerId(random: Random): number {
  return firstUnknownId + random.integer(0, 99);
}
