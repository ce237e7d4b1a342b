import { formatCount, formatExactMoney, formatPercent, unknown } from '../../format/figures.ts';

interface ScoreComponent {
  readonly title: string;
  readonly definition: string;
}

const components: Readonly<Record<string, ScoreComponent>> = {
  payment_history: {
    title: 'Payment history',
    definition: 'How punctually the invoices due in 365 days were paid, weighted by amount.',
  },
  support_quality: {
    title: 'Support quality',
    definition: 'Service levels kept, weight of the backlog, and escalated cases.',
  },
  usage_trends: {
    title: 'Usage trend',
    definition: '50 points, and the change of usage of the last 90 days against the 90 before, within 0 and 100.',
  },
  engagement_score: {
    title: 'Engagement',
    definition: 'How recent and how many the completed activities are.',
  },
  churn_usage_decline: {
    title: 'Usage decline',
    definition: 'Twice the loss of usage of the last 90 days against the 90 before, in percent, within 0 and 100.',
  },
  churn_payment_issues: {
    title: 'Payment issues',
    definition: 'Days overdue, and the share of the credit limit that is overdue.',
  },
  churn_support_problems: { title: 'Support problems', definition: '100 less the support quality.' },
  churn_low_engagement: { title: 'Low engagement', definition: '100 less the engagement.' },
};

/** Title and definition of a component of a score; of one that configuration added, its name. */
export function componentOf(name: string): ScoreComponent {
  const words = name.replace(/^churn_/, '').replaceAll('_', ' ');
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return components[name] ?? { title, definition: `Column ${name} of gold.customer_360_metrics.` };
}

/** A raw value with its unit. */
export function formatInput(value: number | null, unit: string): string {
  if (value === null) return unknown;
  if (unit === 'USD') return formatExactMoney(value);
  if (unit === 'percent') return formatPercent(value);
  return `${formatCount(value)} ${unit}`;
}
