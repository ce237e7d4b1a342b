import { Random } from '../random.ts';
import { addDays, type Day, dayAt } from './calendar.ts';
import { csvRecord, csvText } from './csv.ts';
import type { DropFile } from './drop-folder.ts';
import { makeAddress, type NamePools, type Person } from './people.ts';
import { type DropSettings, scaled } from './settings.ts';

export interface Store {
  /** Position in the list of stores. */
  readonly index: number;
  readonly id: number;
  readonly address: Pick<Person, 'address' | 'pincode'>;
  readonly opened: string;
  readonly reviews: number;
  /** How many customers it draws, relative to the others. */
  readonly size: number;
}

const storeColumns = ['id', 'address', 'store_pincode', 'store_manager_name', 'store_opening_date', 'reviews'];

export function makeStores(settings: DropSettings, pools: NamePools): readonly Store[] {
  const random = new Random(settings.seed, 'stores');
  return Array.from({ length: scaled(settings, 20, 5) }, (_, index) => ({
    index,
    id: 101 + index,
    address: makeAddress(pools, random),
    opened: addDays(settings.lastDay, -settings.days - random.integer(200, 5_000)),
    reviews: random.integer(40, 900),
    size: 0.5 + random.next(),
  }));
}

/** All stores on the first day; at mid-year a second file with new review counts for every third one. */
export function storeFiles(
  stores: readonly Store[],
  managerNames: readonly string[],
  days: readonly Day[],
): DropFile[] {
  const file = (day: Day, listed: readonly Store[], moreReviews: number): DropFile => {
    const records = listed.map((store) =>
      csvRecord([
        store.id,
        store.address.address,
        store.address.pincode,
        managerNames[store.index] ?? '',
        store.opened,
        store.reviews + moreReviews,
      ]),
    );
    return {
      dataset: 'stores',
      name: `stores_${day.date}.csv`,
      date: day.date,
      content: csvText(storeColumns, records),
    };
  };
  const updated = stores.filter((store) => store.index % 3 === 0);
  return [file(dayAt(days, 0), stores, 0), file(dayAt(days, 0.5), updated, 25)];
}
