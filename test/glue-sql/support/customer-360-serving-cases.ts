import type { Fields } from './crm-warehouse.ts';
import { call, daysAgo, owed, settled, used } from './customer-360.ts';
import type { Case } from './customer-360-case.ts';

export const ticket = (given: Fields = {}): Fields => ({
  case_id: 'C1',
  created_date: '2025-06-01 09:00:00',
  is_closed: 'false',
  priority: 'Low',
  ...given,
});
const milestone = (days: number, completed: string | null): Fields => {
  return { case_id: 'C1', target_date: `${daysAgo(days)} 12:00:00`, completion_date: completed };
};
const solved = ticket({ is_closed: 'true', closed_date: '2025-06-02 09:00:00' });
const activeSet = [call(0), call(1), call(2), call(3), call(4), call(5)];

/** Payments, usage, support and engagement. */
export const servingCases: readonly Case[] = [
  [
    'overdue without credit limit',
    { invoice: [owed(20, '100')] },
    { days_overdue: '20', overdue_amount: '100.00', churn_payment_issues: '40.00', payment_history: '77.78' },
  ],
  [
    'overdue by half the credit limit',
    { account: [{ account_id: 'A1', credit_limit: '200' }], invoice: [owed(20, '100')] },
    { churn_payment_issues: '65.00' },
  ],
  ['payment issues end at 100', { invoice: [owed(51, '100')] }, { churn_payment_issues: '100.00' }],
  [
    'due on as_of is not overdue',
    { invoice: [owed(0, '100')] },
    { days_overdue: '0', overdue_amount: '0.00', payment_history: '100.00', churn_payment_issues: '0.00' },
  ],
  [
    'partly paid in time, the rest 45 days late',
    { invoice: [owed(45, '100', '40', 50)] },
    { overdue_amount: '60.00', days_overdue: '45', payment_history: '70.00' },
  ],
  [
    'paid after as_of is not paid yet',
    { invoice: [settled(9, '100', -1)] },
    { overdue_amount: '100.00', days_overdue: '9', payment_history: '90.00' },
  ],
  [
    'late payments weighted by amount',
    { invoice: [settled(100, '300', 100), settled(100, '100', 55)] },
    { payment_history: '87.50', days_overdue: '0' },
  ],
  ['ninety days late is worth nothing', { invoice: [settled(100, '100', 10)] }, { payment_history: '0.00' }],
  [
    'due 365 days ago is out of the history, but still overdue',
    { invoice: [owed(365, '100')] },
    { payment_history: null, days_overdue: '365' },
  ],
  [
    'draft and void invoices',
    {
      invoice: [
        { ...owed(20, '1'), status: 'Void' },
        { ...owed(20, '1'), status: 'Draft' },
      ],
    },
    { days_overdue: null, payment_history: null },
  ],
  [
    'usage from zero',
    { usage: [used(1, '5')] },
    { usage_change_90d: '100.00', usage_trends: '100.00', churn_usage_decline: '0.00' },
  ],
  [
    'usage to zero',
    { usage: [used(90, '5')] },
    { usage_change_90d: '-100.00', usage_trends: '0.00', churn_usage_decline: '100.00' },
  ],
  [
    'usage at the edges of both periods, other metrics aside',
    {
      usage: [
        used(0, '1'),
        used(89, '2'),
        used(90, '4'),
        used(179, '4'),
        used(180, '99'),
        { ...used(1, '99'), metric: 'storage_gb' },
      ],
    },
    { usage_change_90d: '-62.50', usage_trends: '0.00', churn_usage_decline: '100.00' },
  ],
  [
    'milestones: late, open and past, open and due today, in time, too old',
    {
      support_case: [solved],
      case_milestone: [
        milestone(10, `${daysAgo(10)} 12:00:01`),
        milestone(10, null),
        milestone(0, null),
        milestone(89, `${daysAgo(89)} 12:00:00`),
        milestone(90, null),
      ],
    },
    { sla_breaches: '2', sla_compliance_rate: '50.00', support_quality: '75.00', churn_support_problems: '25.00' },
  ],
  [
    'backlog and escalation',
    {
      support_case: [
        ticket({ priority: 'High', is_escalated: 'true' }),
        ticket({ case_id: 'C2', priority: 'Medium' }),
        ticket({ case_id: 'C3', priority: null }),
      ],
    },
    { escalated_cases: '1', support_quality: '72.00' },
  ],
  [
    'a case closed after as_of is open, one created after is not there',
    {
      support_case: [
        ticket({ is_closed: 'true', closed_date: '2025-07-01 00:00:00' }),
        ticket({ case_id: 'C2', created_date: '2025-07-01 00:00:00' }),
      ],
    },
    { support_quality: '97.00' },
  ],
  [
    'backlog and escalation end at 0',
    { support_case: ['1', '2', '3', '4'].map((id) => ticket({ case_id: id, priority: 'High', is_escalated: 'true' })) },
    { support_quality: '50.00', escalated_cases: '4' },
  ],
  ['one activity 45 days ago', { task: [call(45)] }, { engagement_score: '33.33' }],
  ['an activity 89 days ago counts, one 90 days ago does not', { task: [call(89)] }, { engagement_score: '8.89' }],
  ['90 days ago', { task: [call(90)] }, { engagement_score: '0.00' }],
  [
    'more than enough activities, past events too; open and future ones aside',
    {
      task: [...activeSet, { ...call(0), is_closed: 'false' }, call(-1)],
      event: [{ activity_date: daysAgo(3) }, { activity_date: daysAgo(-3) }],
    },
    { engagement_score: '100.00' },
  ],
];
