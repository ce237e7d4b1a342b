import { type Day, periodDays } from './calendar.ts';
import { type Customer, type LateCustomer, makeCustomers, makeLateCustomers } from './customers.ts';
import { type NamePools, namePools } from './people.ts';
import { makeProducts, type Product } from './products.ts';
import { makeSalespeople, type Salesperson } from './salespeople.ts';
import type { DropSettings } from './settings.ts';
import { makeStores, type Store } from './stores.ts';

/** The simulated retailer: everything but the sales, which are made day by day because they do not fit in memory. */
export interface World {
  readonly settings: DropSettings;
  readonly days: readonly Day[];
  readonly pools: NamePools;
  readonly stores: readonly Store[];
  readonly salespeople: readonly Salesperson[];
  readonly products: readonly Product[];
  readonly customers: readonly Customer[];
  readonly lateCustomers: readonly LateCustomer[];
}

export function makeWorld(settings: DropSettings): World {
  const days = periodDays(settings);
  const pools = namePools(settings.seed);
  const stores = makeStores(settings, pools);
  return {
    settings,
    days,
    pools,
    stores,
    salespeople: makeSalespeople(settings, pools, stores, days),
    products: makeProducts(settings),
    customers: makeCustomers(settings, pools, stores, days),
    lateCustomers: makeLateCustomers(settings, pools),
  };
}
