import type { AttributeType } from '../condition.ts';

/** The columns of `gold.customer_360_metrics` that alerts and rules may ask about, in the order in which they stand there. */
export const metricColumns = {
  annual_revenue: 'number',
  revenue_ytd: 'number',
  previous_annual_revenue: 'number',
  yoy_growth: 'number',
  mrr: 'number',
  arr: 'number',
  clv_historical: 'number',
  clv_projected: 'number',
  customer_lifetime_value: 'number',
  active_services: 'number',
  win_rate: 'number',
  closed_count: 'number',
  average_deal_size: 'number',
  open_opportunities: 'number',
  pipeline_amount: 'number',
  days_overdue: 'number',
  overdue_amount: 'number',
  days_to_expiry: 'number',
  usage_change_90d: 'number',
  sla_breaches: 'number',
  sla_compliance_rate: 'number',
  escalated_cases: 'number',
  payment_history: 'number',
  support_quality: 'number',
  usage_trends: 'number',
  engagement_score: 'number',
  health_score: 'number',
  health_status: 'text',
  health_coverage: 'number',
  churn_usage_decline: 'number',
  churn_payment_issues: 'number',
  churn_support_problems: 'number',
  churn_low_engagement: 'number',
  churn_risk_score: 'number',
  churn_risk_level: 'text',
  churn_coverage: 'number',
} as const satisfies Readonly<Record<string, AttributeType>>;

export type MetricColumn = keyof typeof metricColumns;

export const metricNames = Object.keys(metricColumns) as [MetricColumn, ...MetricColumn[]];

/** Those that are numbers: what an alert watches and an impact is made of. */
export const numberNames = metricNames.filter((name) => metricColumns[name] === 'number') as [
  MetricColumn,
  ...MetricColumn[],
];
