import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { CrmWarehouse, type Fields } from './support/crm-warehouse.ts';
import {
  asOf,
  buildCustomer360,
  call,
  customer360Models,
  daysAgo,
  type Org,
  owed,
  settled,
  used,
} from './support/customer-360.ts';

let warehouse: CrmWarehouse;

beforeAll(async () => {
  warehouse = await CrmWarehouse.open(asOf);
});

/** What the scores of an account follow from. Both invoices and earlier usage are always there: what is known stays known. */
interface Inputs {
  readonly paidLate: number;
  readonly openLate: number;
  readonly openAmount: number;
  readonly creditLimit: number;
  readonly usageBefore: number;
  readonly usageNow: number;
  readonly kept: number;
  readonly violated: number;
  readonly lowCases: number;
  readonly highCases: number;
  readonly escalated: number;
  readonly activities: readonly number[];
}

const inputs: fc.Arbitrary<Inputs> = fc.record({
  paidLate: fc.integer({ min: -5, max: 100 }),
  openLate: fc.integer({ min: 0, max: 100 }),
  openAmount: fc.integer({ min: 1, max: 500 }),
  creditLimit: fc.constantFrom(0, 1, 100, 1_000),
  usageBefore: fc.integer({ min: 1, max: 100 }),
  usageNow: fc.integer({ min: 0, max: 200 }),
  kept: fc.integer({ min: 0, max: 4 }),
  violated: fc.integer({ min: 0, max: 4 }),
  lowCases: fc.integer({ min: 0, max: 4 }),
  highCases: fc.integer({ min: 0, max: 3 }),
  escalated: fc.integer({ min: 0, max: 3 }),
  activities: fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 8 }),
});

/** One input made worse, everything else as it was. */
const worse: Readonly<Record<string, (given: Inputs, by: number) => Inputs>> = {
  'a later payment': (given, by) => ({ ...given, paidLate: given.paidLate + by }),
  'an older open invoice': (given, by) => ({ ...given, openLate: given.openLate + by }),
  'a lower credit limit': (given) => ({ ...given, creditLimit: given.creditLimit === 0 ? 0 : 1 }),
  'less usage': (given, by) => ({ ...given, usageNow: Math.max(0, given.usageNow - by) }),
  'a missed milestone': (given) => ({ ...given, violated: given.violated + 1, kept: Math.max(0, given.kept - 1) }),
  'another open case': (given) => ({ ...given, lowCases: given.lowCases + 1 }),
  'an urgent open case': (given) => ({ ...given, highCases: given.highCases + 1 }),
  'another escalation': (given) => ({ ...given, escalated: given.escalated + 1, lowCases: given.lowCases + 1 }),
  'an activity less': (given) => ({ ...given, activities: given.activities.slice(1) }),
  'older activities': (given, by) => ({ ...given, activities: given.activities.map((days) => days + by) }),
};

function recordsOf(account_id: string, given: Inputs): Org {
  const own = (rows: readonly Fields[]) => rows.map((row) => ({ ...row, account_id }));
  const times = (count: number, make: (index: number) => Fields) =>
    Array.from({ length: count }, (_, index) => make(index));
  const opened = { created_date: '2025-06-01 00:00:00', is_closed: 'false' };
  const target = `${daysAgo(5)} 12:00:00`;
  return {
    account: [{ account_id, credit_limit: String(given.creditLimit) }],
    invoice: own([settled(120, '100', 120 - given.paidLate), owed(given.openLate, String(given.openAmount))]),
    usage: own([used(100, String(given.usageBefore)), used(10, String(given.usageNow))]),
    support_case: own([
      { case_id: `${account_id}-closed`, is_closed: 'true' },
      ...times(given.lowCases, (n) => ({
        ...opened,
        case_id: `${account_id}-low-${n}`,
        priority: 'Low',
        is_escalated: String(n < given.escalated),
      })),
      ...times(given.highCases, (n) => ({ ...opened, case_id: `${account_id}-high-${n}`, priority: 'High' })),
    ]),
    case_milestone: [
      ...times(given.kept, (n) => ({
        case_milestone_id: `${account_id}-kept-${n}`,
        target_date: target,
        completion_date: target,
      })),
      ...times(given.violated, (n) => ({
        case_milestone_id: `${account_id}-late-${n}`,
        target_date: target,
        completion_date: null,
      })),
    ].map((row) => ({ ...row, case_id: `${account_id}-closed` })),
    task: own(given.activities.map(call)),
  };
}

function together(orgs: readonly Org[]): Org {
  const all: Record<string, Fields[]> = {};
  for (const org of orgs) {
    for (const [table, rows] of Object.entries(org)) all[table] = [...(all[table] ?? []), ...(rows as Fields[])];
  }
  return all;
}

describe('Scores, for any account', () => {
  it.each(Object.keys(worse))('are between 0 and 100, and no better for %s', async (name) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(inputs, fc.integer({ min: 1, max: 60 })), { minLength: 1, maxLength: 12 }),
        async (drawn) => {
          const change = worse[name];
          if (change === undefined) throw new Error(`no change ${name}`);
          await buildCustomer360(
            warehouse,
            together(
              drawn.flatMap(([given, by], index) => [
                recordsOf(`${index}a`, given),
                recordsOf(`${index}b`, change(given, by)),
              ]),
            ),
          );
          const pairs = await warehouse.rows(
            `select good.account_id, good.health_score as good_health, bad.health_score as bad_health,
             good.churn_risk_score as good_churn, bad.churn_risk_score as bad_churn
           from gold.customer_360_metrics as good
           join gold.customer_360_metrics as bad on bad.account_id = replace(good.account_id, 'a', 'b') and bad.account_id <> good.account_id`,
          );
          expect(pairs).toHaveLength(drawn.length);
          for (const pair of pairs) {
            expect(Number(pair.bad_health), JSON.stringify(pair)).toBeLessThanOrEqual(Number(pair.good_health));
            expect(Number(pair.bad_churn), JSON.stringify(pair)).toBeGreaterThanOrEqual(Number(pair.good_churn));
          }
          for (const table of customer360Models) expect(await warehouse.failedChecks(table)).toEqual({});
        },
      ),
      { numRuns: 4 },
    );
  });
});
