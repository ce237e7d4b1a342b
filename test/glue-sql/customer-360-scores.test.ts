import { beforeAll, describe, expect, it } from 'vitest';
import { CrmWarehouse } from './support/crm-warehouse.ts';
import { asOf } from './support/customer-360.ts';

let warehouse: CrmWarehouse;

beforeAll(async () => {
  warehouse = await CrmWarehouse.open(asOf);
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
