import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricColumns } from '../../lambdas/domain/customer-360/metric-columns.ts';
import { explainAccount, similarAccounts } from '../../lambdas/steps/explain-account.ts';
import { alertTypes, ruleIds } from '../../simulator/org/generate/signals.ts';
import { type AccountRecords, customer360Of, type SilverRecord } from '../glue-sql/reference/customer-360.ts';
import { type GeneratedHome, generatedHome, lastDay } from '../extract/generated-home.ts';

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

/** Records of a silver table that are not deleted, by account. */
async function byAccount(table: string): Promise<(account: string) => SilverRecord[]> {
  const groups = new Map<string, SilverRecord[]>();
  for (const row of await home.rows(`select * from silver.${table} where not is_deleted`)) {
    const account = String(row.account_id);
    groups.set(account, [...(groups.get(account) ?? []), row]);
  }
  return (account) => groups.get(account) ?? [];
}

async function recordsOf(): Promise<(account: string, creditLimit: unknown) => AccountRecords> {
  const [opportunities, assets, contracts, cases, invoices, usage, tasks, events] = await Promise.all(
    ['opportunity', 'asset', 'contract', 'support_case', 'invoice', 'usage', 'task', 'event'].map(byAccount),
  );
  const milestones = Map.groupBy(
    await home.rows(`select milestone.target_date, milestone.completion_date, owner.account_id from silver.case_milestone as milestone
      join silver.support_case as owner on owner.case_id = milestone.case_id where not owner.is_deleted and not milestone.is_deleted`),
    (row) => String(row.account_id),
  );
  const none = () => [];
  return (account, creditLimit) => ({
    creditLimit,
    opportunities: (opportunities ?? none)(account),
    assets: (assets ?? none)(account),
    contracts: (contracts ?? none)(account),
    cases: (cases ?? none)(account),
    milestones: milestones.get(account) ?? [],
    invoices: (invoices ?? none)(account),
    usage: (usage ?? none)(account),
    activities: [...(tasks ?? none)(account).filter((task) => task.is_closed === true), ...(events ?? none)(account)],
  });
}

describe('The metrics of a generated org', () => {
  it('are what a naive reference makes of the records', async () => {
    const records = await recordsOf();
    const accounts = await home.rows('select account_id, credit_limit from silver.account where not is_deleted');
    const expected = new Map(
      accounts.map((row) => [
        row.account_id,
        customer360Of(records(String(row.account_id), row.credit_limit), lastDay),
      ]),
    );
    const found = await home.rows('select * from gold.customer_360_metrics');
    expect(found).toHaveLength(accounts.length);
    const wrong = found.flatMap((row) =>
      Object.entries(expected.get(row.account_id) ?? { missing: 'account' })
        .filter(([name, value]) => String(row[name]) !== String(value))
        .map(([name, value]) => `${row.account_id} ${name}: ${row[name]}, expected ${value}`),
    );
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(Object.keys([...expected.values()][0] ?? {})).toHaveLength(Object.keys(metricColumns).length);
  });
});

describe('An account, explained', () => {
  it('adds up to its scores, with the rules that fired', async () => {
    const [id = ''] = home.truth.rules.R001;
    const explained = await explainAccount(home.pipeline.ports, home.pipeline.parser, id);
    for (const score of [explained?.health, explained?.churn]) {
      const known = (score?.factors ?? []).filter(({ value }) => value !== null);
      const points = known.reduce((sum, { weight, value }) => sum + Number(weight) * Number(value), 0);
      expect(points / Number(score?.coverage)).toBeCloseTo(Number(score?.score), 1);
      expect(known).toHaveLength(4);
    }
    expect(explained?.recommendations.map((row) => row.rule_id)).toContain('R001');
    expect(explained?.alerts.map((row) => row.alert_type)).toContain('churn_risk');
    expect(explained?.churn.factors[1]?.inputs).toMatchObject({ days_overdue: explained?.metrics.days_overdue });
    expect(await explainAccount(home.pipeline.ports, home.pipeline.parser, "no'body")).toBeNull();
    const [similar] = await similarAccounts(home.pipeline.ports, home.pipeline.parser, id.toLowerCase());
    expect(similar?.key).toBe(id);
  });
});

describe('A decision about a recommendation', () => {
  it('stands in the mart after the next run, and still a day later', async () => {
    const [first] = await home.rows(
      "select recommendation_id, account_id from gold.recommendation where rule_id = 'R003' order by 1 limit 1",
    );
    const id = String(first?.recommendation_id);
    const at = '2025-06-30T12:00:00.000Z';
    await home.pipeline.ports.actions.create({
      id,
      kind: 'recommendation',
      status: 'scheduled',
      payload: {},
      createdAt: at,
      updatedAt: at,
    });
    const statusOf = () =>
      home.rows(
        `select recommendation_id, status, raised_on from gold.recommendation where recommendation_id = '${id}'`,
      );
    await home.runAll();
    expect(await statusOf()).toEqual([{ recommendation_id: id, status: 'scheduled', raised_on: lastDay }]);
    await home.runAll('2025-07-01');
    expect(await statusOf()).toEqual([{ recommendation_id: id, status: 'scheduled', raised_on: lastDay }]);
    const raised = await home.rows('select distinct raised_on from gold.risk_alert order by 1');
    expect(raised.map((row) => row.raised_on)).toEqual(['2025-06-30', '2025-07-01']);
  }, 60_000);
});

describe('The timeline of a generated org', () => {
  it('has the events of every kind, none after as_of', async () => {
    const kinds = await home.rows(
      'select event_type, count(*) as events from gold.customer_timeline group by 1 order by 1',
    );
    expect(kinds.map((row) => row.event_type)).toEqual([
      'ACTIVITY',
      'ALERT',
      'BILLING',
      'DEAL',
      'RENEWAL',
      'SUPPORT',
      'USAGE',
    ]);
    const [expected] = await home.rows(
      `select (select count(*) from silver.opportunity_outcome where account_id is not null and outcome <> 'open') as deals,
         (select count(*) from silver.task where not is_deleted and is_closed and activity_date <= date '2025-07-01') as tasks`,
    );
    const [found] = await home.rows(
      `select count_if(event_type = 'DEAL') as deals, count_if(source_object = 'Task') as tasks from gold.customer_timeline`,
    );
    expect(found).toEqual(expected);
    expect(
      await home.rows("select 1 as late from gold.customer_timeline where event_date > date '2025-07-01' limit 1"),
    ).toEqual([]);
  });
});
