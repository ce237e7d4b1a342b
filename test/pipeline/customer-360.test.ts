import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertTypes, ruleIds } from '../../simulator/org/generate/signals.ts';
import { type GeneratedHome, generatedHome } from '../extract/generated-home.ts';

let home: GeneratedHome;

beforeAll(async () => {
  home = await generatedHome(0.05);
  await home.runAll();
}, 120_000);

afterAll(() => home.dispose());

/** Accounts of `gold.<table>`, of the rows for which the condition holds. */
async function accountsOf(table: string, condition: string): Promise<string[]> {
  const rows = await home.rows(`select account_id from gold.${table} where ${condition} order by 1`);
  return rows.map((row) => String(row.account_id));
}

const planted = (kind: string) => home.truth.planted.find((one) => one.kind === kind)?.accountIds ?? [];

describe('Customer 360 of a generated org', () => {
  it.each(alertTypes)('raises the alert %s for the accounts of the truth and for no others', async (type) => {
    const expected = home.truth.alerts[type].toSorted();
    expect(expected.length).toBeGreaterThan(0);
    expect(await accountsOf('risk_alert', `alert_type = '${type}' and closed_on is null`)).toEqual(expected);
  });

  it.each(ruleIds)('recommends by %s for the accounts of the truth and for no others', async (rule) => {
    const expected = home.truth.rules[rule].toSorted();
    expect(expected.length).toBeGreaterThan(0);
    expect(await accountsOf('recommendation', `rule_id = '${rule}' and status = 'open'`)).toEqual(expected);
  });

  it('measures accounts planted at a boundary exactly there', async () => {
    const at = async (kind: string, condition: string) => {
      const ids = planted(kind);
      expect(ids.length, kind).toBeGreaterThan(0);
      const list = ids.map((id) => `'${id}'`).join(', ');
      expect(await accountsOf('customer_360_metrics', `account_id in (${list}) and (${condition})`), kind).toEqual(
        ids.toSorted(),
      );
    };
    await at('churn-at-70', "churn_risk_score = 70 and churn_risk_level = 'HIGH' and days_to_expiry = 30");
    await at('usage-decline-30', 'usage_change_90d = -30 and churn_usage_decline = 60');
    await at('upsell', 'usage_change_90d = 80 and usage_trends = 100 and active_services = 2');
    await at('upsell-saturated', 'usage_change_90d = 80 and active_services = 5');
    await at('overdue', 'days_overdue = 40');
    await at('overdue-15', 'days_overdue = 15');
    await at('breached', 'sla_breaches = 1 and sla_compliance_rate = 50');
    await at('breach-by-time', 'sla_breaches = 1 and sla_compliance_rate = 0');
    await at('escalated', 'escalated_cases = 1');
    await at('expiring-in-90', 'days_to_expiry = 90');
    await at('expired', 'days_to_expiry between -90 and -1');
    await at('expired-91', 'days_to_expiry is null');
    await at('renewed', 'days_to_expiry = 395');
    await at('growing', 'yoy_growth > 60');
    await at('shrinking', 'yoy_growth < -30');
    await at('first-year', 'yoy_growth is null and annual_revenue > 0');
    await at('silent', 'engagement_score = 0');
  });
});
