import type { Random } from '../random.ts';
import { WeightedChoice } from '../weighted-choice.ts';
import type { Day } from './calendar.ts';
import type { Customer } from './customers.ts';
import { listPrice, type Product } from './products.ts';
import { isAtWork, type Salesperson } from './salespeople.ts';
import type { Store } from './stores.ts';
import type { World } from './world.ts';

export interface SaleItem {
  readonly product: Product;
  readonly cents: number;
  readonly quantity: number;
}

/** Whether the customer is in the first customer files, in the late one, or in none. */
export type CustomerStanding = 'known' | 'late' | 'unknown';

/** A transaction: one customer, store, salesperson and day, one to five different products. */
export interface Sale {
  readonly customerId: number;
  readonly standing: CustomerStanding;
  readonly storeId: number;
  readonly salespersonId: number;
  readonly items: readonly SaleItem[];
}

/** Baskets of 1 to 5 items in these proportions: 2.35 items on average. */
const basketSizes = [1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5];
const quantities = [1, 1, 1, 1, 1, 1, 2, 2, 3, 5];
const discounts = [5, 10, 15, 20, 30];

/** Makes ordinary sales; needs nothing but a day and random numbers, so days do not depend on each other. */
export class Checkout {
  readonly #days: readonly Day[];
  readonly #stores: WeightedChoice<Store>;
  readonly #customers: WeightedChoice<Customer>;
  readonly #products: WeightedChoice<Product>;
  /** By store index: the staff to choose from, and the manager for when the chosen are not there. */
  readonly #staff: readonly { readonly choice: WeightedChoice<Salesperson>; readonly manager: Salesperson }[];

  constructor(world: World) {
    this.#days = world.days;
    this.#stores = new WeightedChoice(world.stores, (store) => store.size);
    this.#customers = new WeightedChoice(world.customers, (customer) => customer.appetite);
    this.#products = new WeightedChoice(world.products, (product) => product.popularity);
    this.#staff = world.stores.map((store) => {
      const team = world.salespeople.filter((salesperson) => salesperson.store === store);
      const manager = team.find((salesperson) => salesperson.managerId === undefined);
      if (manager === undefined) throw new Error(`store ${store.id} has no manager`);
      return { choice: new WeightedChoice(team, (salesperson) => salesperson.skill), manager };
    });
  }

  /** A sale to a known customer, in the given store or one that the customer would go to. */
  sale(day: Day, random: Random, at?: Store): Sale {
    const customer = this.#customer(day, random);
    const store = at ?? (random.chance(0.85) ? customer.homeStore : this.#stores.pick(random));
    const staffedFrom = random.chance(0.03) ? this.#stores.pick(random) : store;
    return {
      customerId: customer.id,
      standing: 'known',
      storeId: store.id,
      salespersonId: this.#salesperson(staffedFrom, day, random).id,
      items: this.#basket(day, random),
    };
  }

  /** Four in five customers buy until the last day, so the search ends soon. */
  #customer(day: Day, random: Random): Customer {
    let customer = this.#customers.pick(random);
    while (day.index < customer.from || day.index > customer.until) customer = this.#customers.pick(random);
    return customer;
  }

  #salesperson(store: Store, day: Day, random: Random): Salesperson {
    const staff = this.#staff[store.index];
    if (staff === undefined) throw new RangeError(`no store with index ${store.index}`);
    for (let attempt = 0; attempt < 5; attempt++) {
      const salesperson = staff.choice.pick(random);
      if (isAtWork(salesperson, day)) return salesperson;
    }
    return staff.manager;
  }

  /** No product twice: two equal lines of one sale would look like a planted duplicate. */
  #basket(day: Day, random: Random): SaleItem[] {
    const size = random.pick(basketSizes);
    const items: SaleItem[] = [];
    while (items.length < size) {
      const product = this.#products.pick(random);
      if (items.some((item) => item.product === product)) continue;
      const list = listPrice(product, day, this.#days);
      const off = random.chance(0.12) ? random.pick(discounts) : 0;
      items.push({ product, cents: Math.round((list * (100 - off)) / 100), quantity: random.pick(quantities) });
    }
    return items;
  }
}
