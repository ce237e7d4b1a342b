import { Random } from '../random.ts';
import type { Day } from './calendar.ts';
import type { Checkout, Sale } from './checkout.ts';
import { decimalText } from './csv.ts';
import { dropKey } from './drop-folder.ts';
import { isAtWork } from './salespeople.ts';
import { type SalesRow, salesFileName } from './sales-row.ts';
import type { Store } from './stores.ts';
import type { Planted } from './truth.ts';
import type { World } from './world.ts';

/** The sales that lift two salespeople to the same total are at most this large, to look like any other. */
const largestStep = 40_000;

/**
 * Plants an exact tie for first place in one store and month. It adds up what the store's people sell; on the month's last day
 * it lets the two best of those at work make as many more sales as bring both to the same total, above everyone else.
 */
export class Tie {
  readonly day: Day;
  readonly #store: Store;
  readonly #world: World;
  readonly #totals = new Map<number, number>();

  constructor(world: World, store: Store, day: Day) {
    this.#world = world;
    this.#store = store;
    this.day = day;
  }

  /** Takes in the accepted rows of a day before the last one. */
  observe(day: Day, rows: readonly SalesRow[]): void {
    if (day.month === this.day.month && day.index < this.day.index) this.#add(rows);
  }

  #add(rows: readonly SalesRow[]): void {
    for (const row of rows) {
      if (row.storeId !== this.#store.id || row.standing !== 'known' || row.fault !== undefined) continue;
      this.#totals.set(row.salespersonId, this.#total(row.salespersonId) + row.totalCents);
    }
  }

  /** The sales to be added to the last day, given the rows that it has without them. */
  equalise(checkout: Checkout, rows: readonly SalesRow[]): { sales: readonly Sale[]; planted: Planted } {
    this.#add(rows);
    const random = new Random(this.#world.settings.seed, 'tie');
    const leaders = this.#leaders();
    const target = Math.max(0, ...this.#totals.values()) + random.integer(1_000, 9_999);
    const sales = leaders.flatMap((salespersonId) =>
      steps(target - this.#total(salespersonId)).map((cents): Sale => {
        const sale = checkout.sale(this.day, random, this.#store);
        const items = sale.items.slice(0, 1).map(({ product }) => ({ product, cents, quantity: 1 }));
        return { ...sale, salespersonId, items };
      }),
    );
    const detail =
      `store ${this.#store.id}, ${this.day.month}: salespeople ${leaders.join(' and ')} ` +
      `share rank 1 with ${decimalText(target)} each`;
    const file = dropKey('sales', salesFileName(this.day));
    return { sales, planted: { kind: 'tie-for-first', file, detail, rows: sales.length } };
  }

  #leaders(): number[] {
    return this.#world.salespeople
      .filter((salesperson) => salesperson.store === this.#store && isAtWork(salesperson, this.day))
      .map(({ id }) => id)
      .sort((left, right) => this.#total(right) - this.#total(left) || left - right)
      .slice(0, 2);
  }

  #total(salespersonId: number): number {
    return this.#totals.get(salespersonId) ?? 0;
  }
}

/** Amounts that add up to the gap. */
function steps(gap: number): number[] {
  return Array.from({ length: Math.ceil(gap / largestStep) }, (_, index) =>
    Math.min(largestStep, gap - index * largestStep),
  );
}

/** The last day of a month that is nearest to a share of the period; the period's last day ends a month, too. */
export function monthEndNear(days: readonly Day[], share: number): Day {
  const wanted = share * (days.length - 1);
  const ends = days.filter((day, index) => days[index + 1]?.month !== day.month);
  const [first, ...others] = ends;
  if (first === undefined) throw new RangeError('expected a period with at least one day');
  return others.reduce(
    (best, day) => (Math.abs(day.index - wanted) < Math.abs(best.index - wanted) ? day : best),
    first,
  );
}
