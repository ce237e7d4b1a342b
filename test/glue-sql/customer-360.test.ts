import { beforeAll, describe, expect, it } from 'vitest';
import { CrmWarehouse, type Fields } from './support/crm-warehouse.ts';
import {
  asOf,
  buildCustomer360,
  call,
  customer360Models,
  daysAgo,
  lost,
  metricsOf,
  open,
  type Org,
  owed,
  recurring,
  settled,
  used,
  won,
} from './support/customer-360.ts';

let warehouse: CrmWarehouse;

beforeAll(async () => {
  warehouse = await CrmWarehouse.open(asOf);
});

type Case = readonly [title: string, org: Org, expected: Record<string, string | null>];

const ticket = (given: Fields = {}): Fields => ({
  case_id: 'C1',
  created_date: '2025-06-01 09:00:00',
  is_closed: 'false',
  priority: 'Low',
  ...given,
});
const milestone = (days: number, completed: string | null): Fields => {
  return { case_id: 'C1', target_date: `${daysAgo(days)} 12:00:00`, completion_date: completed };
};
const solved = ticket({ is_closed: 'true', closed_date: '2025-06-02 09:00:00' });
const activeSet = [call(0), call(1), call(2), call(3), call(4), call(5)];

const cases: readonly Case[] = [
  [
    'nothing at all: measured zeros, undefined rates, no score for health of 0.45',
    {},
    {
      annual_revenue: '0.00',
      yoy_growth: null,
      mrr: '0.00',
      customer_lifetime_value: '0.00',
      active_services: '0',
      win_rate: null,
      average_deal_size: null,
      days_overdue: null,
      overdue_amount: null,
      days_to_expiry: null,
      usage_change_90d: null,
      sla_breaches: '0',
      sla_compliance_rate: null,
      escalated_cases: '0',
      payment_history: null,
      support_quality: '100.00',
      usage_trends: null,
      engagement_score: '0.00',
      health_score: null,
      health_status: 'Unknown',
      health_coverage: '0.45',
      churn_usage_decline: null,
      churn_payment_issues: null,
      churn_risk_score: null,
      churn_risk_level: 'Unknown',
      churn_coverage: '0.40',
    },
  ],
  [
    'revenue at the edges of both years',
    {
      opportunity: [
        won('1', '2025-06-30'),
        won('2', '2024-07-01'),
        won('4', '2024-06-30'),
        won('8', '2023-07-01'),
        won('16', '2023-06-30'),
        won('32', '2025-07-01'),
        won('64', '2025-01-01'),
        won('128', '2024-12-31'),
      ],
    },
    {
      annual_revenue: '195.00',
      revenue_ytd: '65.00',
      previous_annual_revenue: '12.00',
      clv_historical: '223.00',
      yoy_growth: '1525.00',
    },
  ],
  [
    'growth of the first year is not defined',
    { opportunity: [won('5', '2025-01-01')] },
    { yoy_growth: null, previous_annual_revenue: '0.00' },
  ],
  [
    'growth from a negative year is not defined',
    { opportunity: [won('5', '2025-01-01'), won('-1', '2024-01-01')] },
    { yoy_growth: null },
  ],
  [
    'negative growth, rounded away from zero',
    { opportunity: [won('10', '2025-01-01'), won('16', '2024-01-01')] },
    { yoy_growth: '-37.50' },
  ],
  [
    'growth from a cent is capped, not an error',
    { opportunity: [won('90000000', '2025-01-01'), won('0.01', '2024-01-01')] },
    { yoy_growth: '9999999.99' },
  ],
  [
    'win rate by count, deal size by amount',
    { opportunity: [won('100', '2025-01-01'), won('100.01', '2025-01-01'), lost('9', '2025-01-01')] },
    { win_rate: '66.67', closed_count: '3', average_deal_size: '100.01' },
  ],
  [
    'projected value within twelve months',
    {
      opportunity: [
        open('100', '2025-06-30', '50'),
        open('100', '2026-06-30', '10'),
        open('100', '2026-07-01', '90'),
        open('100', '2025-06-29', '90'),
      ],
    },
    { clv_projected: '60.00', customer_lifetime_value: '60.00', open_opportunities: '4', pipeline_amount: '400.00' },
  ],
  [
    'recurring assets by week, month, quarter and year',
    {
      asset: [
        recurring('12', '1', 'week'),
        recurring('10', '2', 'month'),
        recurring('100', '1', 'month', '3'),
        recurring('120', '1', 'year'),
        recurring('100', '1', 'year', '3'),
      ],
    },
    { mrr: '118.11', arr: '1417.33', active_services: '1' },
  ],
  [
    'a yearly price is the arr, to the cent',
    { asset: [recurring('100', '1', 'year')] },
    { mrr: '8.33', arr: '100.00' },
  ],
  [
    'three thirds of a cent are a cent',
    {
      asset: [
        recurring('0.01', '1', 'month', '3'),
        recurring('0.01', '1', 'month', '3'),
        recurring('0.01', '1', 'month', '3'),
      ],
    },
    { mrr: '0.01' },
  ],
  [
    'assets that are not active',
    {
      asset: [
        { ...recurring('1', '1', 'month'), is_competitor_product: 'true' },
        { ...recurring('1', '1', 'month'), status: 'Obsolete' },
        { ...recurring('1', '1', 'month'), usage_end_date: asOf },
        { ...recurring('1', '1', 'month'), install_date: '2025-07-01' },
        { ...recurring('1', '1', 'month'), install_date: null },
        { ...recurring('7', '1', 'month'), usage_end_date: '2025-07-01', install_date: asOf, product_id: 'P2' },
        { ...recurring('9', '1', 'month'), is_recurring: 'false' },
      ],
    },
    { mrr: '7.00', active_services: '2' },
  ],
  [
    'contract with a successor',
    {
      contract: [
        { end_date: '2025-07-10', status: 'Activated' },
        { end_date: '2026-07-10', status: 'Activated' },
      ],
    },
    { days_to_expiry: '375' },
  ],
  [
    'a draft is no successor',
    {
      contract: [
        { end_date: '2025-07-10', status: 'Activated' },
        { end_date: '2026-07-10', status: 'Draft' },
      ],
    },
    { days_to_expiry: '10' },
  ],
  [
    'contract that ended 90 days ago',
    { contract: [{ end_date: daysAgo(90), status: 'Expired' }] },
    { days_to_expiry: '-90' },
  ],
  [
    'contract that ended 91 days ago',
    { contract: [{ end_date: daysAgo(91), status: 'Expired' }] },
    { days_to_expiry: null },
  ],
  [
    'contract without end',
    {
      contract: [
        { end_date: '2025-07-10', status: 'Activated' },
        { end_date: null, status: 'Activated' },
      ],
    },
    { days_to_expiry: null },
  ],
  [
    'overdue without credit limit',
    { invoice: [owed(20, '100')] },
    { days_overdue: '20', overdue_amount: '100.00', churn_payment_issues: '40.00', payment_history: '77.78' },
  ],
  [
    'overdue by half the credit limit',
    { account: [{ account_id: 'A1', credit_limit: '200' }], invoice: [owed(20, '100')] },
    { churn_payment_issues: '65.00' },
  ],
  ['payment issues end at 100', { invoice: [owed(51, '100')] }, { churn_payment_issues: '100.00' }],
  [
    'due on as_of is not overdue',
    { invoice: [owed(0, '100')] },
    { days_overdue: '0', overdue_amount: '0.00', payment_history: '100.00', churn_payment_issues: '0.00' },
  ],
  [
    'partly paid in time, the rest 45 days late',
    { invoice: [owed(45, '100', '40', 50)] },
    { overdue_amount: '60.00', days_overdue: '45', payment_history: '70.00' },
  ],
  [
    'paid after as_of is not paid yet',
    { invoice: [settled(9, '100', -1)] },
    { overdue_amount: '100.00', days_overdue: '9', payment_history: '90.00' },
  ],
  [
    'late payments weighted by amount',
    { invoice: [settled(100, '300', 100), settled(100, '100', 55)] },
    { payment_history: '87.50', days_overdue: '0' },
  ],
  ['ninety days late is worth nothing', { invoice: [settled(100, '100', 10)] }, { payment_history: '0.00' }],
  [
    'due 365 days ago is out of the history, but still overdue',
    { invoice: [owed(365, '100')] },
    { payment_history: null, days_overdue: '365' },
  ],
  [
    'draft and void invoices',
    {
      invoice: [
        { ...owed(20, '1'), status: 'Void' },
        { ...owed(20, '1'), status: 'Draft' },
      ],
    },
    { days_overdue: null, payment_history: null },
  ],
  [
    'usage from zero',
    { usage: [used(1, '5')] },
    { usage_change_90d: '100.00', usage_trends: '100.00', churn_usage_decline: '0.00' },
  ],
  [
    'usage to zero',
    { usage: [used(90, '5')] },
    { usage_change_90d: '-100.00', usage_trends: '0.00', churn_usage_decline: '100.00' },
  ],
  [
    'usage at the edges of both periods, other metrics aside',
    {
      usage: [
        used(0, '1'),
        used(89, '2'),
        used(90, '4'),
        used(179, '4'),
        used(180, '99'),
        { ...used(1, '99'), metric: 'storage_gb' },
      ],
    },
    { usage_change_90d: '-62.50', usage_trends: '0.00', churn_usage_decline: '100.00' },
  ],
  [
    'milestones: late, open and past, open and due today, in time, too old',
    {
      support_case: [solved],
      case_milestone: [
        milestone(10, `${daysAgo(10)} 12:00:01`),
        milestone(10, null),
        milestone(0, null),
        milestone(89, `${daysAgo(89)} 12:00:00`),
        milestone(90, null),
      ],
    },
    { sla_breaches: '2', sla_compliance_rate: '50.00', support_quality: '75.00', churn_support_problems: '25.00' },
  ],
  [
    'backlog and escalation',
    {
      support_case: [
        ticket({ priority: 'High', is_escalated: 'true' }),
        ticket({ case_id: 'C2', priority: 'Medium' }),
        ticket({ case_id: 'C3', priority: null }),
      ],
    },
    { escalated_cases: '1', support_quality: '72.00' },
  ],
  [
    'a case closed after as_of is open, one created after is not there',
    {
      support_case: [
        ticket({ is_closed: 'true', closed_date: '2025-07-01 00:00:00' }),
        ticket({ case_id: 'C2', created_date: '2025-07-01 00:00:00' }),
      ],
    },
    { support_quality: '97.00' },
  ],
  [
    'backlog and escalation end at 0',
    { support_case: ['1', '2', '3', '4'].map((id) => ticket({ case_id: id, priority: 'High', is_escalated: 'true' })) },
    { support_quality: '50.00', escalated_cases: '4' },
  ],
  ['one activity 45 days ago', { task: [call(45)] }, { engagement_score: '33.33' }],
  ['an activity 89 days ago counts, one 90 days ago does not', { task: [call(89)] }, { engagement_score: '8.89' }],
  ['90 days ago', { task: [call(90)] }, { engagement_score: '0.00' }],
  [
    'more than enough activities, past events too; open and future ones aside',
    {
      task: [...activeSet, { ...call(0), is_closed: 'false' }, call(-1)],
      event: [{ activity_date: daysAgo(3) }, { activity_date: daysAgo(-3) }],
    },
    { engagement_score: '100.00' },
  ],
];

describe('Customer 360', () => {
  it.each(cases)('%s', async (_title, org, expected) => {
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

/** Sets the components beside each other, and scores them. */
async function scored(health: readonly number[], churn: readonly number[]): Promise<Record<string, unknown>> {
  const values = [...health, ...churn].map((value) => value.toFixed(2)).join(', ');
  await warehouse.connection.run(
    `delete from silver.customer_360_component; insert into silver.customer_360_component values ('A1', ${values})`,
  );
  await warehouse.build('silver.customer_360_score');
  const [row] = await warehouse.rows('select * from silver.customer_360_score');
  return row ?? {};
}

describe('Names of scores', () => {
  it.each([
    [79.99, 'At-Risk'],
    [80, 'Healthy'],
    [50, 'At-Risk'],
    [49.99, 'Critical'],
  ])('a health score of %d is %s', async (points, status) => {
    const row = await scored([points, points, points, points], [0, 0, 0, 0]);
    expect(row).toMatchObject({ health_score: points.toFixed(2), health_status: status });
  });

  it.each([
    [70, 'HIGH'],
    [69.99, 'MEDIUM'],
    [40, 'MEDIUM'],
    [39.99, 'LOW'],
  ])('a churn risk of %d is %s', async (points, level) => {
    const row = await scored([0, 0, 0, 0], [points, points, points, points]);
    expect(row).toMatchObject({ churn_risk_score: points.toFixed(2), churn_risk_level: level });
  });

  it('are given to the score as it is stored', async () => {
    // 0.30 × 79.99 + 0.25 × 79.99 + 0.25 × 80.01 + 0.20 × 79.99 = 79.995
    expect(await scored([79.99, 79.99, 80.01, 79.99], [0, 0, 0, 0])).toMatchObject({
      health_score: '80.00',
      health_status: 'Healthy',
    });
  });
});

describe('Amounts in several currencies', () => {
  it('count in US dollars, each at the rate of its own day', async () => {
    const org = await CrmWarehouse.open(asOf);
    const file = {
      currency: 'EUR',
      _source_file: 'fx_rates_2025-06-01.csv',
      _file_sha256: 'f',
      _extracted_at: '2025-06-01 00:00:00',
    };
    await org.fill('bronze.dropped_fx_rate', [
      { ...file, rate_date: '2024-01-01', usd_per_unit: '1.5', _source_line: '2' },
      { ...file, rate_date: '2025-02-01', usd_per_unit: '2', _source_line: '3' },
    ]);
    await org.extracted('Account', {
      Id: 'A1',
      Credit_Limit__c: '100',
      CurrencyIsoCode: 'EUR',
      LastModifiedDate: '2024-05-01T00:00:00.000+0000',
    });
    const deal = { AccountId: 'A1', Amount: '100', IsWon: 'true', IsClosed: 'true' };
    await org.extracted(
      'Opportunity',
      { Id: 'O1', ...deal, CloseDate: '2024-06-01', CurrencyIsoCode: 'EUR' },
      { Id: 'O2', ...deal, CloseDate: '2025-03-01', CurrencyIsoCode: 'EUR' },
      { Id: 'O3', ...deal, CloseDate: '2025-03-01', CurrencyIsoCode: 'USD' },
    );
    await org.extracted('Invoice__c', {
      Id: 'I1',
      Account__c: 'A1',
      Amount__c: '100',
      Paid_Amount__c: '40',
      Status__c: 'Posted',
      CurrencyIsoCode: 'EUR',
      Invoice_Date__c: '2025-05-01',
      Due_Date__c: '2025-06-10',
      Paid_Date__c: '2025-06-10',
    });
    await org.buildAll('gold.customer_360_metrics');
    const [row] = await org.rows('select * from gold.customer_360_metrics');
    // 50 × 120 USD / 150 USD, and 2 for each of the 20 days.
    expect(row).toMatchObject({
      previous_annual_revenue: '150.00',
      annual_revenue: '300.00',
      yoy_growth: '100.00',
      overdue_amount: '120.00',
      churn_payment_issues: '80.00',
    });
  });
});
