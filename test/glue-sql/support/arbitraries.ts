import fc from 'fast-check';
import type { Customer, Line, SalesPerson, Settings, World } from '../reference/world.ts';

/** Few customers, stores, salespeople and days, so that months, ties and repeated transaction ids meet often. */
const ids = (prefix: string, count: number) => fc.integer({ min: 1, max: count }).map((n) => `${prefix}${n}`);

const day = fc
  .tuple(
    fc.integer({ min: 2023, max: 2025 }),
    fc.integer({ min: 1, max: 12 }),
    fc.constantFrom(1, 2, 15, 28, 29, 30, 31),
  )
  .map(([year, month, dayOfMonth]) => {
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
    return new Date(Date.UTC(year, month - 1, Math.min(dayOfMonth, last))).toISOString().slice(0, 10);
  });

/** The last year's months mostly, so that series are dense enough for previous months and histories. */
const recentDay = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.constantFrom(1, 15, 28))
  .map(([month, dayOfMonth]) => new Date(Date.UTC(2023, month + 8, dayOfMonth)).toISOString().slice(0, 10));

const cents = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(100n, 100n, 250n, 1000n, 1005n, -100n, 0n, 1n) },
  { weight: 3, arbitrary: fc.bigInt({ min: -2_000n, max: 20_000n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: -5_000_000_000n, max: 900_000_000_000n }) },
);

const blankable = fc.constantFrom(null, '', '  ', 'Ann', ' Lee ', 'O|Hara%', 'Zoë');

const line = fc.record({
  customerId: ids('C', 4),
  storeId: fc.constantFrom('S1', 'S1', 'S|2'),
  salesPersonId: ids('P', 3),
  salesDate: fc.oneof({ weight: 3, arbitrary: recentDay }, { weight: 1, arbitrary: day }),
  cents,
  transactionId: fc.option(fc.constantFrom('T1', 'T2', 'T|3', 'T%4'), { freq: 2 }),
});

const settings: fc.Arbitrary<Settings> = fc.record({
  inactive_after_days: fc.constantFrom(0, 30, 90),
  premium_min_purchases: fc.constantFrom(3, 10),
  premium_min_monetary_value: fc.constantFrom(2.5, 1000),
  regular_min_purchases: fc.constantFrom(2, 3),
  high_value_percent: fc.constantFrom(0, 10, 50, 100),
  incentive_percent: fc.constantFrom(1, 0.5, 2.5, 0.0001, 33.3333),
  incentive_tie_rule: fc.constantFrom('all', 'split', 'none'),
  anomaly_score: fc.constantFrom(0.1, 1, 3.5),
  anomaly_min_months: fc.constantFrom(1, 3, 6),
  anomaly_flat_percent: fc.constantFrom(0, 50, 12.5),
  anomaly_transaction_multiple: fc.constantFrom(0.5, 1, 3),
  anomaly_transaction_percentile: fc.constantFrom(0.01, 33.33, 50, 75, 90, 99.9, 100),
});

const customers: fc.Arbitrary<Customer[]> = fc.uniqueArray(
  fc.record({
    customerId: ids('C', 4),
    firstName: blankable,
    lastName: blankable,
    address: blankable,
    pincode: blankable,
    phoneNumber: blankable,
  }),
  { selector: ({ customerId }) => customerId, maxLength: 4 },
);

const salesPeople: fc.Arbitrary<SalesPerson[]> = fc.uniqueArray(
  fc.record({ id: ids('P', 3), firstName: blankable, lastName: blankable }),
  { selector: ({ id }) => id, maxLength: 3 },
);

const lines: fc.Arbitrary<Line[]> = fc
  .array(line, { maxLength: 60, size: 'max' })
  .map((drawn) => drawn.map((one, index) => ({ ...one, file: 'f1', lineNumber: index + 2 })));

const asOf = fc.constantFrom(
  '2023-12-31',
  '2024-01-01',
  '2024-02-28',
  '2024-02-29',
  '2024-03-14',
  '2024-04-30',
  '2025-12-31',
);

/** Everything the sales models read, dated 2023 to 2025, with as_of mostly in the middle. */
export const anyWorld: fc.Arbitrary<World> = fc.record({ asOf, lines, customers, salesPeople, settings });
