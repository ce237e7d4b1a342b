/**
 * Accounts made for a purpose, at scale 1 as many of each as the table says. `signals` of the truth tells which alerts and rules
 * hold for them, and for every other account.
 */
export const plants = {
  churning: { count: 60, detail: 'everything is bad and the contract ends within 90 days' },
  'churn-at-70': { count: 10, detail: 'churn_risk_score is exactly 70.00, contract ends within 90 days' },
  'usage-decline': { count: 80, detail: 'usage fell by 60 percent' },
  'usage-decline-30': { count: 10, detail: 'usage fell by exactly 30 percent' },
  upsell: { count: 80, detail: 'usage grew by 80 percent, two services' },
  'upsell-saturated': { count: 10, detail: 'usage grew by 80 percent, five services' },
  overdue: { count: 120, detail: 'an invoice is 40 days overdue, half of it paid for every second account' },
  'overdue-15': { count: 10, detail: 'an invoice is exactly 15 days overdue' },
  'overdue-void': { count: 10, detail: 'an unpaid invoice long past due is void' },
  breached: { count: 100, detail: 'one of two milestones of the last 90 days was violated' },
  'breach-tolerated': { count: 10, detail: 'one of twelve milestones of the last 90 days was violated' },
  'breach-by-time': { count: 10, detail: 'an open milestone passed its target, its record untouched' },
  escalated: { count: 60, detail: 'an open case is escalated' },
  expiring: { count: 120, detail: 'the last contract ends in 1 to 89 days, no successor' },
  'expiring-in-90': { count: 10, detail: 'the last contract ends in exactly 90 days' },
  expired: { count: 40, detail: 'the last contract ended 1 to 90 days ago, no successor' },
  'expired-91': { count: 10, detail: 'the last contract ended 91 days ago: too long to count' },
  renewed: { count: 60, detail: 'a contract ends within 90 days, its successor is activated' },
  growing: { count: 80, detail: 'won revenue of 12 months doubled' },
  shrinking: { count: 40, detail: 'won revenue of 12 months halved' },
  'first-year': { count: 40, detail: 'all won revenue is of the last 12 months' },
  silent: { count: 100, detail: 'no activity for more than 90 days' },
} as const;

export type Plant = keyof typeof plants;

export const plantKinds = Object.keys(plants) as readonly Plant[];
