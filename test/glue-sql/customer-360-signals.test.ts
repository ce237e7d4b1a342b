import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CrmWarehouse } from './support/crm-warehouse.ts';

let warehouse: CrmWarehouse;

const carried = ['risk_alert', 'recommendation', 'customer_health_history'];

beforeAll(async () => {
  warehouse = await CrmWarehouse.open();
  await warehouse.connection.run('create schema previous');
});

beforeEach(async () => {
  for (const table of carried)
    await warehouse.connection.run(
      `create or replace table previous.gold_${table} as select * from gold.${table} limit 0`,
    );
  await warehouse.empty('silver.recommendation_decision');
});

/** A run as of a day, on which alerts and rules stand for account A1 as named, and the scores are as given; what it makes is published. */
async function run(
  asOf: string,
  standing: { alerts?: string[]; rules?: string[]; scores?: [string | null, string] },
): Promise<void> {
  await warehouse.setParameters(asOf);
  await warehouse.empty('silver.alert_standing', 'silver.recommendation_standing', 'gold.customer_360_metrics');
  await warehouse.fill(
    'silver.alert_standing',
    (standing.alerts ?? []).map((alert_type) => ({
      account_id: 'A1',
      alert_type,
      severity: 'HIGH',
      value: asOf.slice(-2),
      message: asOf,
    })),
  );
  await warehouse.fill(
    'silver.recommendation_standing',
    (standing.rules ?? []).map((rule_id) => ({
      account_id: 'A1',
      rule_id,
      priority: 'LOW',
      reason: asOf,
      estimated_impact: '1',
    })),
  );
  const [health, churn] = standing.scores ?? [null, '0'];
  const status = health === null ? 'Unknown' : 'Healthy';
  await warehouse.fill('gold.customer_360_metrics', [
    { account_id: 'A1', health_score: health, health_status: status, churn_risk_score: churn, churn_risk_level: 'LOW' },
  ]);
  for (const table of carried) {
    await warehouse.build(`gold.${table}`);
    expect(await warehouse.failedChecks(`gold.${table}`)).toEqual({});
    await warehouse.connection.run(`create or replace table previous.gold_${table} as select * from gold.${table}`);
  }
}

const alerts = () => warehouse.rows('select alert_id, value, raised_on, closed_on from gold.risk_alert order by 1');
const recommendations = () =>
  warehouse.rows('select recommendation_id, reason, status, raised_on, closed_on from gold.recommendation order by 1');

describe('An alert', () => {
  it('keeps the day on which it was raised while it stands, with the newest value', async () => {
    await run('2025-06-01', { alerts: ['overdue'] });
    await run('2025-06-02', { alerts: ['overdue'] });
    expect(await alerts()).toEqual([
      { alert_id: 'A1_overdue_2025-06-01', value: '2.00', raised_on: '2025-06-01', closed_on: null },
    ]);
  });

  it('is closed when it no longer holds, and a new one when it holds again', async () => {
    await run('2025-06-01', { alerts: ['overdue', 'expiry'] });
    await run('2025-06-02', { alerts: ['expiry'] });
    await run('2025-06-05', { alerts: ['overdue', 'expiry'] });
    expect(await alerts()).toEqual([
      { alert_id: 'A1_expiry_2025-06-01', value: '5.00', raised_on: '2025-06-01', closed_on: null },
      { alert_id: 'A1_overdue_2025-06-01', value: '1.00', raised_on: '2025-06-01', closed_on: '2025-06-02' },
      { alert_id: 'A1_overdue_2025-06-05', value: '5.00', raised_on: '2025-06-05', closed_on: null },
    ]);
  });

  it('is judged again by a run for the same day', async () => {
    await run('2025-06-01', { alerts: ['overdue'] });
    await run('2025-06-02', {});
    await run('2025-06-02', { alerts: ['overdue'] });
    expect(await alerts()).toEqual([
      { alert_id: 'A1_overdue_2025-06-01', value: '2.00', raised_on: '2025-06-01', closed_on: null },
    ]);
  });

  it('is forgotten by a run for an earlier day', async () => {
    await run('2025-06-05', { alerts: ['overdue'] });
    await run('2025-06-01', { alerts: ['overdue'] });
    expect(await alerts()).toMatchObject([{ alert_id: 'A1_overdue_2025-06-01', closed_on: null }]);
  });
});

describe('A recommendation', () => {
  const decide = (id: string, status: string) =>
    warehouse.fill('silver.recommendation_decision', [{ recommendation_id: id, status }]);

  it('is open while its rule holds, then expired, and another one when the rule holds again', async () => {
    await run('2025-06-01', { rules: ['R003'] });
    await run('2025-06-02', { rules: ['R003'] });
    expect(await recommendations()).toEqual([
      {
        recommendation_id: 'A1_R003_2025-06-01',
        reason: '2025-06-02',
        status: 'open',
        raised_on: '2025-06-01',
        closed_on: null,
      },
    ]);
    await run('2025-06-03', {});
    await run('2025-06-04', { rules: ['R003'] });
    expect(await recommendations()).toEqual([
      {
        recommendation_id: 'A1_R003_2025-06-01',
        reason: '2025-06-02',
        status: 'expired',
        raised_on: '2025-06-01',
        closed_on: '2025-06-03',
      },
      {
        recommendation_id: 'A1_R003_2025-06-04',
        reason: '2025-06-04',
        status: 'open',
        raised_on: '2025-06-04',
        closed_on: null,
      },
    ]);
  });

  it.each(['pending', 'scheduled', 'done', 'dismissed'])(
    'keeps the status %s while its rule holds and afterwards',
    async (status) => {
      await run('2025-06-01', { rules: ['R003'] });
      await decide('A1_R003_2025-06-01', status);
      await run('2025-06-02', { rules: ['R003'] });
      await warehouse.empty('silver.recommendation_decision');
      await run('2025-06-03', { rules: ['R003'] });
      await run('2025-06-04', {});
      expect(await recommendations()).toMatchObject([{ status, closed_on: '2025-06-04' }]);
    },
  );

  it('that was decided upon is no obstacle for a new one', async () => {
    await run('2025-06-01', { rules: ['R003'] });
    await decide('A1_R003_2025-06-01', 'done');
    await run('2025-06-02', {});
    await run('2025-06-03', { rules: ['R003'] });
    expect(await recommendations()).toMatchObject([
      { status: 'done' },
      { recommendation_id: 'A1_R003_2025-06-03', status: 'open' },
    ]);
  });
});

describe('The history of scores', () => {
  const history = () =>
    warehouse.rows('select as_of, health_score, churn_risk_score from gold.customer_health_history order by 1');

  it('has a row for every day on which something changed', async () => {
    await run('2025-06-01', { scores: ['80', '10'] });
    await run('2025-06-02', { scores: ['80', '10'] });
    await run('2025-06-03', { scores: ['80', '11'] });
    await run('2025-06-04', { scores: [null, '11'] });
    expect(await history()).toEqual([
      { as_of: '2025-06-01', health_score: '80.00', churn_risk_score: '10.00' },
      { as_of: '2025-06-03', health_score: '80.00', churn_risk_score: '11.00' },
      { as_of: '2025-06-04', health_score: null, churn_risk_score: '11.00' },
    ]);
  });

  it('is rewritten by a run for the same day, and left alone by one for another', async () => {
    await run('2025-06-03', { scores: ['80', '10'] });
    await run('2025-06-03', { scores: ['81', '10'] });
    await run('2025-06-01', { scores: ['70', '10'] });
    expect(await history()).toEqual([
      { as_of: '2025-06-01', health_score: '70.00', churn_risk_score: '10.00' },
      { as_of: '2025-06-03', health_score: '81.00', churn_risk_score: '10.00' },
    ]);
  });
});
