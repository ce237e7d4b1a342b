/** What an account's records come to on the last day; money in US cents. */
export interface AccountFacts {
  readonly annualRevenue: number;
  readonly previousRevenue: number;
  readonly usageRecent: number;
  readonly usagePrevious: number;
  readonly activeServices: number;
  /** Days by which the oldest open invoice is late; 0 when none is. */
  readonly daysOverdue: number;
  readonly overdueAmount: number;
  /** 0: none. */
  readonly creditLimit: number;
  /** Milestones whose target lies in the last 90 days, and those of them that were missed. */
  readonly milestonesDue: number;
  readonly milestonesViolated: number;
  /** Open cases: High 3, Medium 2, Low 1. */
  readonly backlogWeight: number;
  readonly openEscalated: number;
  readonly daysToExpiry: number | null;
  /** Since the last completed activity; null when there never was one. */
  readonly daysSinceActivity: number | null;
  readonly activities: number;
}

export const alertTypes = [
  'churn_risk',
  'sla_compliance',
  'escalated_cases',
  'overdue',
  'usage_decline',
  'expiry',
] as const;
export type AlertType = (typeof alertTypes)[number];

export const ruleIds = ['R001', 'R002', 'R003', 'R004', 'R005', 'R006'] as const;
export type RuleId = (typeof ruleIds)[number];

/** Percent by which usage changed from the 90 days before to the last 90; null without usage in both. */
function usageChange({ usageRecent, usagePrevious }: AccountFacts): number | null {
  if (usagePrevious === 0) return usageRecent === 0 ? null : 100;
  return ((usageRecent - usagePrevious) / usagePrevious) * 100;
}

function yearOverYearGrowth({ annualRevenue, previousRevenue }: AccountFacts): number | null {
  return previousRevenue <= 0 ? null : ((annualRevenue - previousRevenue) / previousRevenue) * 100;
}

function engagementScore({ daysSinceActivity, activities }: AccountFacts): number {
  if (daysSinceActivity === null) return 0;
  return 0.5 * clamp(100 - (100 * daysSinceActivity) / 90) + 0.5 * clamp((100 * activities) / 6);
}

/** 0 to 100, to two decimals; null when usage and payments, the greater part of it, are unknown. */
function churnRisk(facts: AccountFacts, hasInvoices: boolean): number | null {
  const change = usageChange(facts);
  const { milestonesDue: due, milestonesViolated: violated, backlogWeight, openEscalated } = facts;
  const sla = due === 0 ? 100 : 100 * (1 - violated / due);
  const support = 0.5 * sla + 0.3 * clamp(100 - 10 * backlogWeight) + 0.2 * clamp(100 - 50 * openEscalated);
  const exposure = facts.creditLimit === 0 ? 0 : (50 * facts.overdueAmount) / facts.creditLimit;
  const parts = [
    ...(change === null ? [] : [{ weight: 0.3, value: clamp(-2 * change) }]),
    ...(hasInvoices ? [{ weight: 0.3, value: Math.min(100, 2 * facts.daysOverdue + exposure) }] : []),
    { weight: 0.25, value: 100 - support },
    { weight: 0.15, value: 100 - engagementScore(facts) },
  ];
  const known = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (known < 0.5) return null;
  return Math.round((parts.reduce((sum, { weight, value }) => sum + weight * value, 0) / known) * 100) / 100;
}

/** The alerts and recommendation rules that hold for an account, by the specification's thresholds. */
export function signalsOf(facts: AccountFacts, hasInvoices: boolean): ReadonlySet<AlertType | RuleId> {
  const churn = churnRisk(facts, hasInvoices) ?? 0;
  const change = usageChange(facts) ?? 0;
  const { daysOverdue, daysToExpiry, milestonesDue: due, milestonesViolated: violated } = facts;
  const expires = daysToExpiry !== null && daysToExpiry < 90;
  const holds: Record<AlertType | RuleId, boolean> = {
    churn_risk: churn > 70,
    sla_compliance: due > 0 && 100 * (1 - violated / due) < 90,
    escalated_cases: facts.openEscalated > 0,
    overdue: daysOverdue > 15,
    usage_decline: change < -30,
    expiry: expires,
    R001: churn > 70 && expires,
    R002: change > 50 && facts.activeServices < 5,
    R003: daysOverdue > 15,
    R004: violated > 0,
    R005: (yearOverYearGrowth(facts) ?? 0) > 20,
    R006: engagementScore(facts) < 30,
  };
  return new Set([...alertTypes, ...ruleIds].filter((signal) => holds[signal]));
}

function clamp(value: number): number {
  return Math.min(100, Math.max(0, value));
}
