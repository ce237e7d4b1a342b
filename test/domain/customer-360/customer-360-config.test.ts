import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Condition } from '../../../lambdas/domain/condition.ts';
import { conditionSql } from '../../../lambdas/domain/condition-sql.ts';
import { compileStandings } from '../../../lambdas/domain/customer-360/compile-standings.ts';
import { customer360Schema } from '../../../lambdas/domain/customer-360/customer-360-config.ts';
import { metricColumns } from '../../../lambdas/domain/customer-360/metric-columns.ts';
import { metricsConfigSchema } from '../../../lambdas/domain/metrics-config.ts';
import { CrmWarehouse } from '../../glue-sql/support/crm-warehouse.ts';
import { buildCustomer360, call, owed, won } from '../../glue-sql/support/customer-360.ts';
import { customer360, root } from '../../glue-sql/support/models.ts';

const project = JSON.parse(readFileSync(`${root}/config/metrics.json`, 'utf8')) as Record<string, object>;

let warehouse: CrmWarehouse;

beforeAll(async () => {
  warehouse = await CrmWarehouse.open();
});

/** `path: message` of every problem of the project's section with some values replaced. */
function problems(change: object): string[] {
  const parsed = customer360Schema.safeParse({ ...customer360, ...change });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const rule = {
  id: 'R007',
  priority: 'LOW',
  condition: {
    all: [
      { attribute: 'annual_revenue', operator: 'at_least', value: 100 },
      { not: { attribute: 'health_status', operator: 'equals', value: 'Healthy' } },
    ],
  },
  action: "Ask what's wrong",
  reason: 'Revenue {annual_revenue}, health {health_score}',
  expected_outcome: 'We know',
  impact: { metric: 'annual_revenue', factors: [0.125, 0.5] },
};

describe('The section customer_360', () => {
  it('knows every metric of the mart', async () => {
    const { contract } = warehouse.modelOf('silver.customer_360_subject');
    expect(contract.columns.slice(1).map(({ name }) => name)).toEqual(Object.keys(metricColumns));
  });

  it('tells every problem at once, with its place and the valid names', () => {
    const [alert] = customer360.alerts;
    const found = problems({
      alerts: [alert, { ...alert, metric: 'churn' }, { ...alert, threshold: 1.005, message: 'at {price}' }],
      rules: [
        { ...rule, condition: { attribute: 'health_status', operator: 'less_than', value: 'x' } },
        { ...rule, condition: { attribute: 'days_overdue; drop', operator: 'equals', value: 1 } },
      ],
      weights: { ...customer360.weights, health: { ...customer360.weights.health, payment_history: 0.31 } },
      limits: { ...customer360.limits, healthy_from: 40 },
    });
    const starts = (text: string) => expect.stringMatching(new RegExp(`^${text}`));
    for (const expected of [
      'alerts.1.metric: Invalid option',
      'alerts.2.threshold: expected a number with at most two places',
      'alerts.2.message: unknown value \\{price\\}; valid: value, threshold, annual_revenue',
      "alerts.2.alert_type: the alert 'churn_risk' stands twice",
      "rules.0.condition.operator: 'less_than' does not fit for health_status; valid operators: equals",
      'rules.1.condition.attribute: Invalid option',
      "rules.1.id: the rule 'R007' stands twice",
      'weights.health: expected weights that add up to 1',
      'limits.at_risk_from: expected at most healthy_from',
    ])
      expect(found).toContainEqual(starts(expected));
  });

  it('may declare neither alerts nor rules', async () => {
    for (const { sql, contract } of compileStandings({ ...customer360, alerts: [], rules: [] })) {
      await buildCustomer360(warehouse, {});
      expect(await warehouse.rows(sql), contract.table).toEqual([]);
    }
  });

  it('takes a rule that is added to the file, without code', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'headwater-metrics-'));
    try {
      const section = project.customer_360 as { rules: object[] };
      const changed = { ...project, customer_360: { ...section, rules: [...section.rules, rule] } };
      await writeFile(join(folder, 'metrics.json'), JSON.stringify(changed));
      const extended = await CrmWarehouse.open('2025-06-30', folder);
      await buildCustomer360(extended, {
        opportunity: [won('100.04', '2025-01-01')],
        invoice: [owed(60, '10')],
        task: [call(1)],
      });
      const rows = await extended.rows("select * from silver.recommendation_standing where rule_id = 'R007'");
      expect(rows).toEqual([
        {
          account_id: 'A1',
          rule_id: 'R007',
          priority: 'LOW',
          action: "Ask what's wrong",
          reason: 'Revenue 100.04, health 62.07',
          expected_outcome: 'We know',
          estimated_impact: '6.25',
        },
      ]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('is needed whole', () => {
    expect(metricsConfigSchema.safeParse({ ...project, customer_360: undefined }).success).toBe(false);
    expect(metricsConfigSchema.safeParse(project).success).toBe(true);
  });
});

describe('A condition as SQL', () => {
  const leaf: fc.Arbitrary<Condition> = fc.oneof(
    fc.record({
      attribute: fc.constant('n'),
      operator: fc.constantFrom('less_than', 'at_most', 'greater_than', 'at_least', 'equals', 'not_equals'),
      value: fc.constantFrom(-1, 0, 0.5, 1),
    }),
    fc.record({ attribute: fc.constant('n'), operator: fc.constantFrom('in', 'not_in'), value: fc.constant([0, 1]) }),
    fc.record({
      attribute: fc.constant('s'),
      operator: fc.constantFrom('equals', 'not_equals', 'starts_with', 'contains'),
      value: fc.constantFrom('a', "a'b", '%'),
    }),
    fc.record({ attribute: fc.constantFrom('n', 's'), operator: fc.constantFrom('is_null', 'is_not_null') }),
  ) as fc.Arbitrary<Condition>;
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('condition') }),
    ) as fc.Arbitrary<Condition>,
  }));

  interface Facts {
    readonly n: number | null;
    readonly s: string | null;
  }

  function holds(one: Condition, facts: Facts): boolean {
    if (one.all !== undefined) return one.all.every((part) => holds(part, facts));
    if (one.any !== undefined) return one.any.some((part) => holds(part, facts));
    if (one.not !== undefined) return !holds(one.not, facts);
    const found = facts[one.attribute as 'n' | 's'];
    if (one.operator === 'is_null') return found === null;
    if (found === null) return false;
    const value = one.value as never;
    const tests: Record<string, () => boolean> = {
      is_not_null: () => true,
      less_than: () => Number(found) < Number(value),
      at_most: () => Number(found) <= Number(value),
      greater_than: () => Number(found) > Number(value),
      at_least: () => Number(found) >= Number(value),
      equals: () => found === value,
      not_equals: () => found !== value,
      in: () => [0, 1].includes(Number(found)),
      not_in: () => ![0, 1].includes(Number(found)),
      starts_with: () => String(found).startsWith(value),
      contains: () => String(found).includes(value),
    };
    return tests[String(one.operator)]?.() ?? false;
  }

  const literal = (value: string | null) => (value === null ? 'null' : `'${value.replaceAll("'", "''")}'`);

  it('means what the condition means, with missing values too', async () => {
    const facts = fc.record({ n: fc.constantFrom(null, -1, 0, 0.5, 1), s: fc.constantFrom(null, 'a', "a'bc", 'x%') });
    await fc.assert(
      fc.asyncProperty(condition, facts, async (one, { n, s }) => {
        const from = `(select cast(${n} as decimal(9,2)) as n, cast(${literal(s)} as varchar) as s) as t`;
        const [row] = await warehouse.rows(`select ${conditionSql(one)} as holds from ${from}`);
        expect(row?.holds).toBe(holds(one, { n, s }));
      }),
      { numRuns: 200 },
    );
  });
});
