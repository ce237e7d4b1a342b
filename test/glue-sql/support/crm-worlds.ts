import fc from 'fast-check';
import type { CrmAccount, CrmOpportunity, CrmWorld, WarehouseOrder } from '../reference/crm.ts';
import { hundredths } from '../reference/arithmetic.ts';
import type { CrmWarehouse } from './crm-warehouse.ts';

const maybe = (...values: readonly string[]) => fc.constantFrom(null, ...values);
const day = fc.constantFrom('2024-12-31', '2025-01-31', '2025-06-29', '2025-06-30', '2025-07-01', '2026-02-28');
const cents = fc.oneof(
  fc.constantFrom(null, 0n, 1n, 5n, 50n, 100n, 333n, 10_005n),
  fc.bigInt({ min: -1_000_000n, max: 100_000_000_000n }),
);

const account: fc.Arbitrary<CrmAccount> = fc.record({
  id: fc.constantFrom('A1', 'A2', 'A3', 'A4', 'A5', 'A6'),
  name: maybe('Acme, Inc.', 'ACME Inc', 'Zoë & Co', 'ZOË  &  CO', '株式会社', '---', 'Nadir'),
  industry: maybe('Retail', 'Energy'),
  country: maybe('US', 'FR'),
  state: maybe('CA', 'NY'),
  region: maybe('Europe', 'North America'),
  segment: maybe('SMB', 'Enterprise'),
  revenue: fc.constantFrom(null, 0n, 999_999_999n, 1_000_000_000n, 9_999_999_999n, 10_000_000_000n),
  deleted: fc.boolean(),
});

const opportunity: fc.Arbitrary<Omit<CrmOpportunity, 'id'>> = fc.record({
  accountId: maybe('A1', 'A2', 'A3', 'A4', 'A9'),
  stage: maybe('Prospecting', 'Closed Won'),
  category: maybe('Pipeline', 'Closed'),
  won: fc.constantFrom(null, true, false),
  closed: fc.constantFrom(null, true, true, false),
  cents,
  probability: fc.constantFrom(null, 0n, 1_000n, 3_333n, 7_550n, 10_000n),
  closeDate: fc.option(day, { freq: 8 }),
  createdOn: fc.option(day, { freq: 8 }),
  deleted: fc.constantFrom(false, false, false, true),
});

const order: fc.Arbitrary<Omit<WarehouseOrder, 'id'>> = fc.record({
  customer: fc.constantFrom('acme inc', 'Acme Inc.', 'zoë co', 'Zoë & Co', '株式会社', 'nobody', '!!!', 'nadir'),
  date: day,
  cents,
});

export const anyCrmWorld: fc.Arbitrary<CrmWorld> = fc
  .record({
    asOf: fc.constantFrom('2025-06-30', '2025-01-31', '2026-12-31'),
    accounts: fc.uniqueArray(account, { selector: ({ id }) => id, maxLength: 6 }),
    opportunities: fc.array(opportunity, { maxLength: 30, size: 'max' }),
    orders: fc.array(order, { maxLength: 12, size: 'max' }),
  })
  .map(({ opportunities, orders, ...rest }) => ({
    ...rest,
    opportunities: opportunities.map((deal, index) => ({ ...deal, id: `O${index}` })),
    orders: orders.map((one, index) => ({ ...one, id: `W${index}` })),
  }));

export const crmModels = [
  'silver.account_profile',
  'silver.opportunity_outcome',
  'silver.order_match',
  'gold.revenue_by_industry',
  'gold.revenue_by_geography',
  'gold.customer_segmentation',
  'gold.sales_pipeline',
  'gold.account_orders',
  'gold.unmatched_order',
] as const;

/** Puts a world into the silver tables that mirror the org and the warehouse, and builds everything after them. */
export async function buildCrm(warehouse: CrmWarehouse, world: CrmWorld): Promise<void> {
  await warehouse.setParameters(world.asOf);
  await warehouse.empty('silver.account', 'silver.opportunity', 'silver.orders');
  await insert(
    warehouse,
    'silver.account (account_id, name, industry, billing_country, billing_state, geographic_region, customer_segment, company_annual_revenue, is_deleted)',
    world.accounts.map((one) => [
      ...[one.id, one.name, one.industry, one.country, one.state, one.region, one.segment, money(one.revenue)],
      String(one.deleted),
    ]),
  );
  await insert(
    warehouse,
    'silver.opportunity (opportunity_id, account_id, stage_name, forecast_category, is_won, is_closed, amount, probability, close_date, created_date, is_deleted)',
    world.opportunities.map((one) => [
      ...[one.id, one.accountId, one.stage, one.category, text(one.won), text(one.closed), money(one.cents)],
      ...[money(one.probability), one.closeDate, one.createdOn, String(one.deleted)],
    ]),
  );
  await insert(
    warehouse,
    'silver.orders (order_id, customer_name, order_date, amount)',
    world.orders.map((one) => [one.id, one.customer, one.date, money(one.cents)]),
  );
  await warehouse.build(...crmModels);
}

const money = (value: bigint | null) => (value === null ? null : hundredths(value));
const text = (value: boolean | null) => (value === null ? null : String(value));

async function insert(warehouse: CrmWarehouse, target: string, rows: readonly (readonly (string | null)[])[]) {
  if (rows.length === 0) return;
  const literal = (value: string | null) => (value === null ? 'null' : `'${value.replaceAll("'", "''")}'`);
  await warehouse.connection.run(
    `insert into ${target} values ${rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ')}`,
  );
}
