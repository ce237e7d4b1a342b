import { z } from 'zod';
import type { RunParameter } from '../run-parameter.ts';
import { at, list } from '../unknown-json.ts';
import { alertTriggerSchema, recommendationRuleSchema } from './signal-rules.ts';
import { evenIncomplete } from '../declaration-problem.ts';

const days = z.int().min(1).max(36_500);
const weight = z
  .number()
  .min(0)
  .max(1)
  .refine((value) => /^\d(\.\d{1,2})?$/.test(String(value)), { error: 'expected at most two places' });
const points = z
  .number()
  .min(0)
  .max(100)
  .refine((value) => /^\d+(\.\d{1,2})?$/.test(String(value)), { error: 'expected at most two places' });

/** Weights of one mean; together they are 1. */
function weights<Name extends string>(names: readonly Name[], what: string) {
  const shape = Object.fromEntries(names.map((name) => [name, weight])) as Record<Name, typeof weight>;
  return z
    .strictObject(shape)
    .refine(
      (given) =>
        Object.values<number>(given as Record<Name, number>).reduce((sum, one) => sum + Math.round(one * 100), 0) ===
        100,
      { error: 'expected weights that add up to 1' },
    )
    .describe(what);
}

const weightsSchema = z.strictObject({
  health: weights(['payment_history', 'support_quality', 'usage_trends', 'engagement_score'], 'of health_score'),
  churn: weights(['usage_decline', 'payment_issues', 'support_problems', 'low_engagement'], 'of churn_risk_score'),
  support: weights(['sla', 'backlog', 'escalation'], 'of support_quality'),
  engagement: weights(['recency', 'volume'], 'of engagement_score'),
});

const limitsSchema = z.strictObject({
  usage_days: days.describe('usage of the last days is compared with that of as many days before'),
  support_days: days.describe('milestones with their target in the last days count'),
  support_backlog_limit: z.int().min(1).max(1_000).describe('weight of open cases from which the backlog is worth 0'),
  support_escalation_points: z.int().min(0).max(100).describe('points that every open escalated case costs'),
  activity_days: days.describe('activities of the last days count; one that lies further back is worth 0'),
  activity_target: z.int().min(1).max(10_000).describe('so many activities are worth all points'),
  payment_days: days.describe('invoices due in the last days count'),
  payment_late_days: days.describe('days of lateness from which a payment is worth 0'),
  expired_for_days: z.int().min(0).max(36_500).describe('a contract that ended longer ago does not count'),
  churn_usage_factor: z.int().min(0).max(100).describe('points of churn risk per percent of lost usage'),
  churn_points_per_day_overdue: z.int().min(0).max(100),
  churn_points_at_credit_limit: z.int().min(0).max(100).describe('points when overdue is as much as the credit limit'),
  minimum_coverage: weight.describe('below this share of known weights there is no score'),
  healthy_from: points.describe('health_status Healthy'),
  at_risk_from: points.describe('health_status At-Risk; below it Critical'),
  churn_high_from: points.describe('churn_risk_level HIGH'),
  churn_medium_from: points.describe('churn_risk_level MEDIUM; below it LOW'),
});

/** The section `customer_360` of `config/metrics.json`. */
export const customer360Schema = z
  .strictObject({
    usage_metric: z.string().min(1).toLowerCase().describe('the metric of usage records whose trend counts'),
    weights: weightsSchema,
    limits: limitsSchema,
    alerts: z.array(alertTriggerSchema).describe('what is wrong with an account while it holds'),
    rules: z.array(recommendationRuleSchema).describe('what to do about an account while it holds'),
  })
  .superRefine((config, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    for (const [part, name] of [
      ['alerts', 'alert_type'],
      ['rules', 'id'],
    ] as const) {
      const ids = list(config[part]).map((entry) => at(entry, name));
      for (const [index, id] of ids.entries()) {
        const twice = typeof id === 'string' && ids.indexOf(id) !== index;
        if (twice) complain([part, index, name], `the ${part === 'rules' ? 'rule' : 'alert'} '${id}' stands twice`);
      }
    }
    const { limits } = config;
    if (limits?.at_risk_from > limits?.healthy_from)
      complain(['limits', 'at_risk_from'], 'expected at most healthy_from');
    if (limits?.churn_medium_from > limits?.churn_high_from)
      complain(['limits', 'churn_medium_from'], 'expected at most churn_high_from');
  }, evenIncomplete);

export type Customer360Config = z.infer<typeof customer360Schema>;

const decimalLimits: readonly string[] = [
  'minimum_coverage',
  'healthy_from',
  'at_risk_from',
  'churn_high_from',
  'churn_medium_from',
];

/** The columns of `run.parameters` that the models of Customer 360 read: `usage_metric`, the limits, `<mean>_weight_<part>`. */
export function customer360Parameters({ usage_metric, weights: means, limits }: Customer360Config): RunParameter[] {
  return [
    { name: 'usage_metric', type: 'varchar', value: usage_metric },
    ...Object.entries(limits).map(
      ([name, value]): RunParameter => ({
        name,
        type: decimalLimits.includes(name) ? 'decimal(9,2)' : 'integer',
        value: String(value),
      }),
    ),
    ...Object.entries(means).flatMap(([mean, parts]) =>
      Object.entries(parts).map(
        ([part, value]): RunParameter => ({
          name: `${mean}_weight_${part}`,
          type: 'decimal(9,2)',
          value: String(value),
        }),
      ),
    ),
  ];
}
