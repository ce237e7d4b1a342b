import type { Day } from './calendar.ts';
import type { Checkout, Sale } from './checkout.ts';
import { DaySchedule } from './day-schedule.ts';
import { type FileFault, fileFaults } from './file-faults.ts';
import {
  giantTransactions,
  lastPurchases,
  lateCustomerSales,
  outstandingMonth,
  unknownCustomerSales,
} from './planted-sales.ts';
import { monthEndNear, Tie } from './tie.ts';
import type { Planted } from './truth.ts';
import type { World } from './world.ts';

/** Everything out of the ordinary, decided before the first day's sales are made. */
export interface Plan {
  readonly tie: Tie;
  readonly faults: ReadonlyMap<Day, FileFault>;
  readonly sales: ReadonlyMap<Day, readonly Sale[]>;
  readonly planted: readonly Planted[];
}

/** The tie and the last purchases need certain days, so they choose before the faults; the other plants take what is free. */
export function makePlan(world: World, checkout: Checkout): Plan {
  const [, tieStore, outstandingStore] = world.stores;
  if (tieStore === undefined || outstandingStore === undefined) throw new RangeError('expected at least three stores');
  const schedule = new DaySchedule(world.days);
  const tie = new Tie(world, tieStore, schedule.take(monthEndNear(world.days, 0.45)));
  const purchases = lastPurchases(world, checkout, schedule);
  const faults = new Map(fileFaults.map((fault) => [schedule.takePlainAt(fault.at), fault]));
  const plants = [
    purchases,
    lateCustomerSales(world, checkout, schedule, tieStore),
    unknownCustomerSales(world, checkout, schedule),
    giantTransactions(world, checkout, schedule),
    outstandingMonth(world, checkout, schedule, outstandingStore),
  ];
  const sales = Map.groupBy(
    plants.flatMap((plant) => plant.sales),
    ({ day }) => day,
  );
  return {
    tie,
    faults,
    sales: new Map([...sales].map(([day, planted]) => [day, planted.map(({ sale }) => sale)])),
    planted: plants.flatMap(({ planted }) => planted),
  };
}
