import type { Customer, Line, SalesPerson, Settings, World } from '../reference/world.ts';
import { defaultSettings } from './models.ts';

let lineNumber = 0;

/** A sales line; `amount` in units of money, at most 2 decimals. */
export function line(given: Partial<Omit<Line, 'cents'>> & { amount: number }): Line {
  const { amount, ...rest } = given;
  lineNumber += 1;
  return {
    customerId: 'C1',
    storeId: 'S1',
    salesPersonId: 'P1',
    salesDate: '2024-03-10',
    transactionId: null,
    file: 'f1',
    lineNumber,
    ...rest,
    cents: BigInt(Math.round(amount * 100)),
  };
}

export function customer(given: Partial<Customer>): Customer {
  return {
    customerId: 'C1',
    firstName: 'Ann',
    lastName: 'Lee',
    address: '1 Main Street',
    pincode: '10001',
    phoneNumber: '+15550001',
    ...given,
  };
}

export function salesPerson(given: Partial<SalesPerson>): SalesPerson {
  return { id: 'P1', firstName: 'Sam', lastName: 'Roe', ...given };
}

export function world(given: Partial<Omit<World, 'settings'>> & { settings?: Partial<Settings> }): World {
  return {
    asOf: '2024-12-31',
    lines: [],
    customers: [],
    salesPeople: [],
    ...given,
    settings: { ...defaultSettings, ...given.settings },
  };
}

/** One salesperson's months in one store: month -> total. */
export function personMonthsWorld(totals: Readonly<Record<string, number>>): World {
  return world({
    lines: Object.entries(totals).map(([month, amount]) => line({ amount, salesDate: `${month}-15` })),
  });
}

/** One store's month: one total per salesperson P1, P2 … */
export function teamWorld(totals: readonly number[], settings: Partial<Settings> = {}): World {
  return world({ settings, lines: totals.map((amount, index) => line({ amount, salesPersonId: `P${index + 1}` })) });
}
