import { beforeAll, describe, expect, it } from 'vitest';
import type { CrmAccount, CrmOpportunity, CrmWorld } from './reference/crm.ts';
import { CrmWarehouse } from './support/crm-warehouse.ts';
import { buildCrm, crmModels } from './support/crm-worlds.ts';

let warehouse: CrmWarehouse;

beforeAll(async () => {
  warehouse = await CrmWarehouse.open();
});

const account = (given: Partial<CrmAccount>): CrmAccount => ({
  id: 'A1',
  name: 'Acme',
  industry: 'Retail',
  country: 'US',
  state: 'CA',
  region: 'North America',
  segment: null,
  revenue: null,
  deleted: false,
  ...given,
});

let number = 0;

function deal(given: Partial<CrmOpportunity> & { amount?: number; outcome?: 'won' | 'lost' | 'open' }): CrmOpportunity {
  const { amount = 100, outcome = 'won', ...rest } = given;
  number += 1;
  return {
    id: `O${number}`,
    accountId: 'A1',
    stage: 'Stage',
    category: 'Pipeline',
    won: outcome === 'won',
    closed: outcome !== 'open',
    cents: BigInt(Math.round(amount * 100)),
    probability: 1_000n,
    closeDate: '2025-03-10',
    createdOn: '2025-03-01',
    deleted: false,
    ...rest,
  };
}

const world = (given: Partial<CrmWorld>): CrmWorld => ({
  asOf: '2025-06-30',
  accounts: [account({})],
  opportunities: [],
  orders: [],
  ...given,
});

async function rowsOf(given: CrmWorld, table: string, columns = '*') {
  await buildCrm(warehouse, given);
  return await warehouse.rows(`select ${columns} from gold.${table} order by 1, 2, 3`);
}

const byIndustry = (opportunities: CrmOpportunity[], accounts?: CrmAccount[]) =>
  rowsOf(world({ opportunities, ...(accounts === undefined ? {} : { accounts }) }), 'revenue_by_industry');

describe('revenue', () => {
  it('has won, open and lost apart', async () => {
    const deals = [
      deal({ amount: 100.01 }),
      deal({ amount: 200 }),
      deal({ amount: 50, outcome: 'lost' }),
      deal({ amount: 7, outcome: 'open', closeDate: '2027-01-01' }),
    ];
    expect(await byIndustry(deals)).toEqual([
      {
        industry: 'Retail',
        total_revenue: '300.01',
        opportunity_count: '2',
        pipeline_amount: '7.00',
        open_count: '1',
        lost_amount: '50.00',
        lost_count: '1',
        account_count: '1',
        avg_deal_size: '150.01',
        win_rate: '66.67',
      },
    ]);
  });

  it('counts what was closed on as_of, and not the day after', async () => {
    const deals = [
      deal({ amount: 1, closeDate: '2025-06-30' }),
      deal({ amount: 2, closeDate: '2025-07-01' }),
      deal({ amount: 4, outcome: 'lost', closeDate: '2025-07-01' }),
    ];
    expect(await byIndustry(deals)).toMatchObject([{ total_revenue: '1.00', lost_count: '0', win_rate: '100.00' }]);
  });

  it('leaves out deleted opportunities, and opportunities of deleted accounts are unattributed', async () => {
    const deals = [
      deal({ amount: 1, deleted: true }),
      deal({ amount: 2, accountId: 'A2' }),
      deal({ amount: 4, accountId: 'A9' }),
      deal({ amount: 8, accountId: null }),
    ];
    const rows = await byIndustry(deals, [account({}), account({ id: 'A2', deleted: true })]);
    expect(rows).toMatchObject([
      { industry: '(unattributed)', total_revenue: '14.00', account_count: '0' },
      { industry: 'Retail', total_revenue: '0.00', account_count: '1', avg_deal_size: null, win_rate: null },
    ]);
  });

  it('of an account without industry is UNKNOWN', async () => {
    expect(await byIndustry([deal({})], [account({ industry: null })])).toMatchObject([{ industry: 'UNKNOWN' }]);
  });

  it('has a row for every combination of country, state and region', async () => {
    const accounts = [
      account({}),
      account({ id: 'A2', state: 'NY' }),
      account({ id: 'A3', country: null, region: null }),
    ];
    expect(await rowsOf(world({ accounts }), 'revenue_by_geography', 'country, state, region, account_count')).toEqual([
      { country: 'UNKNOWN', state: 'CA', region: 'UNKNOWN', account_count: '1' },
      { country: 'US', state: 'CA', region: 'North America', account_count: '1' },
      { country: 'US', state: 'NY', region: 'North America', account_count: '1' },
    ]);
  });

  it.each([
    [{ segment: 'SMB', revenue: 10_000_000_000n }, 'SMB'],
    [{ revenue: 10_000_000_000n }, 'Enterprise'],
    [{ revenue: 9_999_999_999n }, 'Mid-Market'],
    [{ revenue: 1_000_000_000n }, 'Mid-Market'],
    [{ revenue: 999_999_999n }, 'SMB'],
    [{ revenue: null }, 'UNKNOWN'],
  ])('segments an account with %o as %s', async (given, segment) => {
    const rows = await rowsOf(world({ accounts: [account(given)] }), 'customer_segmentation');
    expect(rows).toMatchObject([{ customer_segment: segment, geographic_region: 'North America' }]);
  });

  it('takes the thresholds of segments from the configuration', async () => {
    await buildCrm(warehouse, world({ accounts: [account({ revenue: 500_00n })] }));
    await warehouse.setParameters('2025-06-30', { segment_enterprise_min_revenue: '500' });
    await warehouse.build(...crmModels);
    expect(await warehouse.rows('select customer_segment from gold.customer_segmentation')).toEqual([
      { customer_segment: 'Enterprise' },
    ]);
  });
});

describe('the sales pipeline', () => {
  it('weighs amounts, and tells age and cycle', async () => {
    const deals = [
      deal({ outcome: 'open', amount: 100.05, probability: 1_000n, createdOn: '2025-06-20' }),
      deal({ outcome: 'open', amount: 0, probability: null, createdOn: '2025-06-25' }),
      deal({ outcome: 'won', stage: 'Closed Won', createdOn: '2025-03-01' }),
      deal({ outcome: 'lost', stage: 'Closed Won', createdOn: '2025-05-01' }),
    ];
    expect(await rowsOf(world({ opportunities: deals }), 'sales_pipeline')).toEqual([
      {
        stage: 'Closed Won',
        forecast_category: 'Pipeline',
        close_month: '2025-03',
        opportunity_count: '2',
        amount: '200.00',
        weighted_amount: '20.00',
        avg_age_days: null,
        avg_sales_cycle_days: '9.00',
      },
      {
        stage: 'Stage',
        forecast_category: 'Pipeline',
        close_month: '2025-03',
        opportunity_count: '2',
        amount: '100.05',
        weighted_amount: '10.01',
        avg_age_days: '7.50',
        avg_sales_cycle_days: null,
      },
    ]);
  });
});

describe('orders', () => {
  const accounts = [
    account({ id: 'A1', name: 'Acme, Inc.' }),
    account({ id: 'A2', name: 'Twin' }),
    account({ id: 'A3', name: 'TWIN' }),
    account({ id: 'A4', name: 'Gone', deleted: true }),
  ];
  const orders = ['ACME  inc', 'twin', 'Gone', 'Nobody'].map((customer, index) => ({
    id: `W${index}`,
    customer,
    date: '2025-06-30',
    cents: 1_000n,
  }));

  it('join the account of the same name, whatever its writing', async () => {
    const rows = await rowsOf(
      world({ accounts, orders }),
      'account_orders',
      'account_id, order_count, order_amount, last_order_date',
    );
    expect(rows).toEqual([
      { account_id: 'A1', order_count: '1', order_amount: '10.00', last_order_date: '2025-06-30' },
      { account_id: 'A2', order_count: '0', order_amount: '0.00', last_order_date: null },
      { account_id: 'A3', order_count: '0', order_amount: '0.00', last_order_date: null },
    ]);
  });

  it('of an ambiguous or unknown name join nothing and are reported', async () => {
    const rows = await rowsOf(world({ accounts, orders }), 'unmatched_order', 'order_id, reason, matching_accounts');
    expect(rows).toEqual([
      { order_id: 'W1', reason: 'AMBIGUOUS_NAME', matching_accounts: '2' },
      { order_id: 'W2', reason: 'UNKNOWN_NAME', matching_accounts: '0' },
      { order_id: 'W3', reason: 'UNKNOWN_NAME', matching_accounts: '0' },
    ]);
  });
});

describe('the reconciliation checks', () => {
  const halting = ['gold.revenue_by_industry', 'gold.account_orders'];

  it.each([
    [
      'gold.revenue_by_geography',
      'update gold.revenue_by_geography set lost_amount = lost_amount + 0.01',
      'crm_totals_agree.sql',
    ],
    ['gold.sales_pipeline', 'delete from gold.sales_pipeline', 'crm_totals_agree.sql'],
    [
      'gold.customer_segmentation',
      'update gold.customer_segmentation set account_count = 0',
      'crm_accounts_counted_once.sql',
    ],
    [
      'gold.unmatched_order',
      "insert into gold.unmatched_order (order_id) values ('x')",
      'orders_matched_or_reported.sql',
    ],
  ])('notice a fault in %s', async (_table, fault, check) => {
    await buildCrm(warehouse, world({ opportunities: [deal({})] }));
    await warehouse.connection.run(fault);
    const failed = await Promise.all(halting.map((table) => warehouse.failedChecks(table)));
    expect(Object.keys(Object.assign({}, ...failed))).toEqual([check]);
  });
});
