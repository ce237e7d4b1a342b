/** Columns of `gold.customer_360_metrics` and `gold.master_360_metrics` that the API shows, in the order in which a snapshot stores them. */
export const metricNames = [
  'annual_revenue',
  'revenue_ytd',
  'previous_annual_revenue',
  'yoy_growth',
  'mrr',
  'arr',
  'clv_historical',
  'clv_projected',
  'customer_lifetime_value',
  'active_services',
  'win_rate',
  'closed_count',
  'average_deal_size',
  'open_opportunities',
  'pipeline_amount',
  'days_overdue',
  'overdue_amount',
  'days_to_expiry',
  'usage_change_90d',
  'sla_breaches',
  'sla_compliance_rate',
  'escalated_cases',
  'payment_history',
  'support_quality',
  'usage_trends',
  'engagement_score',
  'health_score',
  'health_status',
  'health_coverage',
  'churn_usage_decline',
  'churn_payment_issues',
  'churn_support_problems',
  'churn_low_engagement',
  'churn_risk_score',
  'churn_risk_level',
  'churn_coverage',
] as const;

export type MetricName = (typeof metricNames)[number];

/** Raw values behind the components of the scores, in stored order: name -> SQL, unit, what it counts. */
export const scoreInputs = {
  invoices_due: {
    sql: 'coalesce(invoices.invoices_due, 0)',
    unit: 'invoices',
    description: 'Invoices due in 365 days',
  },
  amount_due: { sql: 'invoices.amount_due', unit: 'USD', description: 'Sum of their amounts' },
  amount_unpaid: { sql: 'invoices.amount_unpaid', unit: 'USD', description: 'Of it not paid' },
  days_overdue: {
    sql: 'payment.days_overdue',
    unit: 'days',
    description: 'By which the oldest open invoice is past due',
  },
  overdue_amount: { sql: 'payment.overdue_amount', unit: 'USD', description: 'Open balances past due' },
  credit_limit: { sql: 'payment.credit_limit', unit: 'USD', description: 'Credit limit of the account' },
  milestones_due: {
    sql: 'coalesce(support.milestones_due, 0)',
    unit: 'milestones',
    description: 'Service levels due in 90 days',
  },
  sla_breaches: { sql: 'coalesce(support.sla_breaches, 0)', unit: 'milestones', description: 'Of them violated' },
  backlog_weight: {
    sql: 'coalesce(support.backlog_weight, 0)',
    unit: 'points',
    description: 'Open cases: High 3, Medium 2, Low 1',
  },
  escalated_cases: { sql: 'coalesce(support.escalated_cases, 0)', unit: 'cases', description: 'Open escalated cases' },
  usage_recent: { sql: 'usage.usage_recent', unit: 'units', description: 'Usage in the last 90 days' },
  usage_previous: { sql: 'usage.usage_previous', unit: 'units', description: 'Usage in the 90 days before' },
  usage_change_90d: { sql: 'usage.usage_change_90d', unit: 'percent', description: 'Change between them' },
  days_since_activity: {
    sql: 'engagement.days_since_activity',
    unit: 'days',
    description: 'Since the last completed activity',
  },
  activities: { sql: 'coalesce(engagement.activities, 0)', unit: 'activities', description: 'Completed in 90 days' },
} as const;

export type ScoreInput = keyof typeof scoreInputs;
export const scoreInputNames = Object.keys(scoreInputs) as ScoreInput[];

const payment = ['invoices_due', 'amount_due', 'amount_unpaid'] as const;
const debts = ['days_overdue', 'overdue_amount', 'credit_limit'] as const;
const support = ['milestones_due', 'sla_breaches', 'backlog_weight', 'escalated_cases'] as const;
const usage = ['usage_recent', 'usage_previous', 'usage_change_90d'] as const;
const engagement = ['days_since_activity', 'activities'] as const;

interface ScorePart {
  readonly component: MetricName;
  /** The parameter with its weight. */
  readonly weight: string;
  readonly inputs: readonly ScoreInput[];
}

/** What the two scores are made of; weights are parameters of `config/metrics.json`. */
export const scoreParts: Readonly<Record<'health' | 'churn', readonly ScorePart[]>> = {
  health: [
    { component: 'payment_history', weight: 'health_weight_payment_history', inputs: payment },
    { component: 'support_quality', weight: 'health_weight_support_quality', inputs: support },
    { component: 'usage_trends', weight: 'health_weight_usage_trends', inputs: usage },
    { component: 'engagement_score', weight: 'health_weight_engagement_score', inputs: engagement },
  ],
  churn: [
    { component: 'churn_usage_decline', weight: 'churn_weight_usage_decline', inputs: usage },
    { component: 'churn_payment_issues', weight: 'churn_weight_payment_issues', inputs: debts },
    { component: 'churn_support_problems', weight: 'churn_weight_support_problems', inputs: support },
    { component: 'churn_low_engagement', weight: 'churn_weight_low_engagement', inputs: engagement },
  ],
};
