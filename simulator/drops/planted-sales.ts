import { Random } from '../random.ts';
import type { Day } from './calendar.ts';
import type { Checkout, Sale } from './checkout.ts';
import { decimalText } from './csv.ts';
import { customerFileName } from './customer-files.ts';
import { plantedCustomers, unknownCustomerId } from './customers.ts';
import type { DaySchedule } from './day-schedule.ts';
import { dropKey } from './drop-folder.ts';
import { salesFileName } from './sales-row.ts';
import { scaled } from './settings.ts';
import type { Store } from './stores.ts';
import type { Planted } from './truth.ts';
import type { World } from './world.ts';

/** Sales to be added to the days' ordinary ones, and what they mean. */
export interface Plant {
  readonly sales: readonly { readonly day: Day; readonly sale: Sale }[];
  readonly planted: readonly Planted[];
}

/** Late customers buy between six and two weeks before the last day. `notIn`: a late row must not undo the tie there. */
export function lateCustomerSales(world: World, checkout: Checkout, schedule: DaySchedule, notIn: Store): Plant {
  const random = new Random(world.settings.seed, 'late sales');
  const stores = world.stores.filter((store) => store !== notIn);
  const end = world.days.length - 1;
  const sales = world.lateCustomers.flatMap(({ id }) =>
    Array.from({ length: 6 }, () => {
      const day = schedule.someFree(random, ({ index }) => index >= end - 42 && index <= end - 14);
      const sale = checkout.sale(day, random, random.pick(stores));
      return { day, sale: { ...sale, customerId: id, standing: 'late' as const } };
    }),
  );
  const detail = `${world.lateCustomers.length} customers come in this later file; their sales wait as UNKNOWN_CUSTOMER`;
  const file = dropKey('customers', customerFileName(world.settings.lastDay));
  return { sales, planted: [{ kind: 'late-customers', file, detail, rows: countRows(sales.map(({ sale }) => sale)) }] };
}

/** Customers that no file knows, in five sales files. */
export function unknownCustomerSales(world: World, checkout: Checkout, schedule: DaySchedule): Plant {
  const random = new Random(world.settings.seed, 'unknown customers');
  const perFile = scaled(world.settings, 12, 1);
  const shares = [0.1, 0.3, 0.5, 0.7, 0.9];
  const plants = shares.map((share, index): Plant => {
    const next = shares[index + 1] ?? 1;
    const isIn = (day: Day) => day.index >= share * world.days.length && day.index < next * world.days.length;
    const day = schedule.someFree(random, isIn);
    const sales = Array.from({ length: perFile }, (): Sale => {
      return { ...checkout.sale(day, random), customerId: unknownCustomerId(random), standing: 'unknown' };
    });
    const detail = 'customer_id is in no customer file; the rows wait as UNKNOWN_CUSTOMER';
    return onDay(day, sales, { kind: 'unknown-customer', detail });
  });
  return joined(plants);
}

/** Two customers on either side of the rule that more than 90 days without a purchase make one inactive. */
export function lastPurchases(world: World, checkout: Checkout, schedule: DaySchedule): Plant {
  const random = new Random(world.settings.seed, 'last purchases');
  const kinds = ['last-purchase-90-days-ago', 'last-purchase-91-days-ago'] as const;
  const customers = world.customers.slice(-plantedCustomers);
  const plants = kinds.map((kind, index): Plant => {
    const day = world.days.at(-1 - 90 - index);
    const customer = customers[index];
    // A short period has no such day.
    if (day === undefined || customer === undefined) return { sales: [], planted: [] };
    const sale = { ...checkout.sale(schedule.take(day), random), customerId: customer.id };
    return onDay(day, [sale], { kind, detail: `customer ${customer.id} buys for the last time` });
  });
  return joined(plants);
}

/** Single transactions far above what their stores sell. */
export function giantTransactions(world: World, checkout: Checkout, schedule: DaySchedule): Plant {
  const random = new Random(world.settings.seed, 'giant transactions');
  const plants = [0.15, 0.45, 0.85].map((share): Plant => {
    const day = schedule.someFree(random, ({ index }) => Math.abs(index - share * world.days.length) < 10);
    const sale = checkout.sale(day, random);
    const cents = random.integer(2_400_000, 9_900_000);
    const items = sale.items.slice(0, 1).map(({ product }) => ({ product, cents, quantity: 1 }));
    const detail = `salesperson ${sale.salespersonId} of store ${sale.storeId} sells one item for ${decimalText(cents)}`;
    return onDay(day, [{ ...sale, items }], { kind: 'giant-transaction', detail });
  });
  return joined(plants);
}

/** One salesperson sells several times the usual in one month, in large but not giant sales. */
export function outstandingMonth(world: World, checkout: Checkout, schedule: DaySchedule, store: Store): Plant {
  const random = new Random(world.settings.seed, 'outstanding month');
  const salesperson = world.salespeople.find((one) => one.store === store && one.managerId !== undefined);
  if (salesperson === undefined) throw new Error(`store ${store.id} has no salesperson beside its manager`);
  const { month } = schedule.someFree(random, ({ index }) => Math.abs(index - 0.62 * world.days.length) < 8);
  const sales = Array.from({ length: 60 }, () => {
    const day = schedule.someFree(random, (candidate) => candidate.month === month);
    const sale = checkout.sale(day, random, store);
    const items = sale.items.map((item) => ({ ...item, quantity: item.quantity + random.integer(15, 25) }));
    return { day, sale: { ...sale, salespersonId: salesperson.id, items } };
  });
  const detail = `salesperson ${salesperson.id} of store ${store.id} sells several times the usual in ${month}`;
  const file = dropKey('sales', `sales_data_${month}-*`);
  const rows = countRows(sales.map(({ sale }) => sale));
  return { sales, planted: [{ kind: 'outstanding-month', file, detail, rows }] };
}

function onDay(day: Day, sales: readonly Sale[], { kind, detail }: Pick<Planted, 'kind' | 'detail'>): Plant {
  const file = dropKey('sales', salesFileName(day));
  return {
    sales: sales.map((sale) => ({ day, sale })),
    planted: [{ kind, file, detail, rows: countRows(sales) }],
  };
}

function joined(plants: readonly Plant[]): Plant {
  return {
    sales: plants.flatMap(({ sales }) => sales),
    planted: plants.flatMap(({ planted }) => planted),
  };
}

function countRows(sales: readonly Sale[]): number {
  return sales.reduce((sum, sale) => sum + sale.items.length, 0);
}
