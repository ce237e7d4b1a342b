import { Random } from '../random.ts';
import { addDays, type Day, dayAt } from './calendar.ts';
import { csvRecord, csvText } from './csv.ts';
import type { DropFile } from './drop-folder.ts';
import { makePerson, type NamePools, type Person } from './people.ts';
import { type DropSettings, scaled } from './settings.ts';
import type { Store } from './stores.ts';

export interface Salesperson {
  readonly id: number;
  /** The main store; a few sales are made as a guest elsewhere. */
  readonly store: Store;
  /** Undefined for managers, of which each store has one. */
  readonly managerId: number | undefined;
  readonly person: Person;
  /** Share of the store's sales, relative to colleagues. */
  readonly skill: number;
  /** First and last day index at work, both included. */
  readonly from: number;
  readonly until: number;
  /** Months (`YYYY-MM`) without work in between. */
  readonly absent: ReadonlySet<string>;
  readonly joined: string;
}

const salesTeamColumns = [
  'id',
  'first_name',
  'last_name',
  'manager_id',
  'is_manager',
  'address',
  'pincode',
  'joining_date',
];

/** When the head office sends newcomers in the sales team, as shares of the period: nobody sells before their file. */
const newcomersAt = [0.35, 0.6];
const teamFilesAt = [0, ...newcomersAt];

/** The first of each store is its manager and always at work, so that a store never stands without staff. */
export function makeSalespeople(
  settings: DropSettings,
  pools: NamePools,
  stores: readonly Store[],
  days: readonly Day[],
): readonly Salesperson[] {
  const random = new Random(settings.seed, 'salespeople');
  const months = [...new Set(days.map((day) => day.month))];
  const count = Math.max(scaled(settings, 200, 20), stores.length * 2);
  return Array.from({ length: count }, (_, index) => {
    const store = stores[index % stores.length] ?? random.pick(stores);
    const manager = index < stores.length;
    // The second of each store stays all year as well: they are the ones that plants rely on.
    const steady = index < 2 * stores.length;
    const start = !steady && random.chance(0.15) ? dayAt(days, random.pick(newcomersAt)) : dayAt(days, 0);
    const leaves = !steady && random.chance(0.06);
    return {
      id: 1_001 + index,
      store,
      managerId: manager ? undefined : 1_001 + store.index,
      person: makePerson(pools, random),
      skill: 0.6 + random.next(),
      from: start.index,
      until: leaves ? random.integer(start.index, days.length - 1) : days.length - 1,
      absent: new Set(!steady && random.chance(0.15) ? random.sample(months, random.integer(1, 2)) : []),
      joined: start.index > 0 ? start.date : addDays(start.date, -random.integer(1, 3_000)),
    };
  });
}

export function isAtWork(salesperson: Salesperson, day: Day): boolean {
  return day.index >= salesperson.from && day.index <= salesperson.until && !salesperson.absent.has(day.month);
}

/** One file per date of `teamFilesAt`, each with those who start then; none where nobody does. */
export function salesTeamFiles(salespeople: readonly Salesperson[], days: readonly Day[]): DropFile[] {
  return teamFilesAt.flatMap((share) => {
    const day = dayAt(days, share);
    const starting = salespeople.filter((salesperson) => salesperson.from === day.index);
    if (starting.length === 0) return [];
    const content = csvText(salesTeamColumns, starting.map(teamRecord));
    return [{ dataset: 'sales_team', name: `sales_team_${day.date}.csv`, date: day.date, content }];
  });
}

function teamRecord({ id, person, managerId, joined }: Salesperson): string {
  const isManager = String(managerId === undefined);
  const { firstName, lastName, address, pincode } = person;
  return csvRecord([id, firstName, lastName, managerId ?? '', isManager, address, pincode, joined]);
}
