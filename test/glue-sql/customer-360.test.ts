import { beforeAll, describe, expect, it } from 'vitest';
import { CrmWarehouse } from './support/crm-warehouse.ts';
import {
  type Org,
  asOf,
  buildCustomer360,
  call,
  customer360Models,
  metricsOf,
  owed,
  recurring,
  settled,
  used,
  won,
} from './support/customer-360.ts';
import { sellingCases } from './support/customer-360-selling-cases.ts';
import { servingCases, ticket } from './support/customer-360-serving-cases.ts';

let warehouse: CrmWarehouse;

beforeAll(async () => {
  warehouse = await CrmWarehouse.open(asOf);
});

describe('Customer 360', () => {
  it.each([...sellingCases, ...servingCases])('%s', async (_title, org, expected) => {
    expect(await metricsOf(warehouse, org)).toMatchObject(expected);
    for (const table of customer360Models) expect(await warehouse.failedChecks(table)).toEqual({});
  });

  it('leaves out deleted records and accounts', async () => {
    const gone = { is_deleted: 'true' };
    const org: Org = {
      account: [{ account_id: 'A1' }, { account_id: 'A2', ...gone }],
      opportunity: [
        { ...won('5', '2025-01-01'), ...gone },
        { ...won('5', '2025-01-01'), account_id: 'A2' },
      ],
      invoice: [{ ...owed(20, '1'), ...gone }],
      task: [{ ...call(1), ...gone }],
      support_case: [{ ...ticket({ is_escalated: 'true' }), ...gone }],
    };
    expect(await metricsOf(warehouse, org)).toMatchObject({
      annual_revenue: '0.00',
      days_overdue: null,
      engagement_score: '0.00',
      escalated_cases: '0',
    });
    expect(await warehouse.rows('select count(*) as n from gold.customer_360_metrics')).toEqual([{ n: '1' }]);
  });

  it('renormalises the weights of what is known', async () => {
    const row = await metricsOf(warehouse, { invoice: [settled(100, '100', 55)] });
    expect(row).toMatchObject({ payment_history: '50.00', support_quality: '100.00', engagement_score: '0.00' });
    // (0.30 × 50 + 0.25 × 100 + 0.20 × 0) / 0.75
    expect(row).toMatchObject({ health_score: '53.33', health_status: 'At-Risk', health_coverage: '0.75' });
    // (0.30 × 0 + 0.25 × 0 + 0.15 × 100) / 0.70
    expect(row).toMatchObject({ churn_risk_score: '21.43', churn_risk_level: 'LOW', churn_coverage: '0.70' });
  });

  it('measures a subject of several accounts by their records together', async () => {
    await buildCustomer360(warehouse, {
      account: [
        { account_id: 'A1', credit_limit: '100' },
        { account_id: 'A2', credit_limit: '300' },
      ],
      usage: [used(100, '10'), { ...used(1, '30'), account_id: 'A2' }],
      invoice: [owed(20, '50'), { ...settled(30, '150', 30), account_id: 'A2' }],
      asset: [recurring('1', '1', 'month'), { ...recurring('1', '1', 'month'), account_id: 'A2' }],
    });
    await warehouse.connection.run("insert into silver.customer_360_member values ('M:A1', 'A1'), ('M:A1', 'A2')");
    await warehouse.build(...customer360Models.slice(3));
    const [row] = await warehouse.rows("select * from silver.customer_360_subject where subject_id = 'M:A1'");
    expect(row).toMatchObject({
      usage_change_90d: '200.00',
      overdue_amount: '50.00',
      churn_payment_issues: '46.25',
      payment_history: '94.44',
      active_services: '1',
      mrr: '2.00',
    });
  });
});
