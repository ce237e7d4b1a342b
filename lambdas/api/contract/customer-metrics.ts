import { z } from 'zod';
import { churnLevel, count, days, healthStatus, money, percent, points, share, text } from './values.ts';

/** Figures of `gold.customer_360_metrics`, or of `gold.master_360_metrics` for a whole company. Definitions: GET /api/tables/{table}. */
export const metricsSchema = z
  .strictObject({
    annual_revenue: money('won, close date within the 12 months to as_of'),
    revenue_ytd: money('won since 1 January of the year of as_of'),
    previous_annual_revenue: money('won in the 12 months before those of annual_revenue'),
    yoy_growth: percent('annual_revenue against previous_annual_revenue; null if that is not above 0').nullable(),
    mrr: money('active recurring assets, price × quantity in a month').meta({ unit: 'USD per month' }),
    arr: money('12 × mrr').meta({ unit: 'USD per year' }),
    clv_historical: money('all won'),
    clv_projected: money('open amount × probability, close date within 12 months'),
    customer_lifetime_value: money('clv_historical + clv_projected'),
    active_services: count('distinct products of active assets'),
    win_rate: percent('won / closed by count; null if none was closed').nullable(),
    closed_count: count('opportunities won or lost'),
    average_deal_size: money('clv_historical / won opportunities; null if none was won').nullable(),
    open_opportunities: count('open opportunities'),
    pipeline_amount: money('sum of their amounts'),
    days_overdue: days(
      'of the oldest posted invoice with an open balance; 0 if none is past due, null without any invoice',
    ).nullable(),
    overdue_amount: money('sum of open balances past due; null without any invoice').nullable(),
    days_to_expiry: days(
      'to the end of the last activated contract without a successor; negative when ended',
    ).nullable(),
    usage_change_90d: percent('usage of the last 90 days against the 90 before; null without usage in both').nullable(),
    sla_breaches: count('milestones violated of those due in the last 90 days'),
    sla_compliance_rate: percent('share of them that were kept; null without one').nullable(),
    escalated_cases: count('open escalated cases'),
    payment_history: points('amount-weighted punctuality of the invoices due in 365 days').nullable(),
    support_quality: points('SLA, backlog and escalation').nullable(),
    usage_trends: points('50 + usage_change_90d within 0 and 100').nullable(),
    engagement_score: points('recency and number of completed activities').nullable(),
    health_score: points('0.30 payment + 0.25 support + 0.25 usage + 0.20 engagement, as configured').nullable(),
    health_status: healthStatus,
    health_coverage: share('sum of the weights whose component is known'),
    churn_usage_decline: points('−2 × usage_change_90d within 0 and 100').nullable(),
    churn_payment_issues: points('days overdue and share of the credit limit').nullable(),
    churn_support_problems: points('100 − support_quality').nullable(),
    churn_low_engagement: points('100 − engagement_score').nullable(),
    churn_risk_score: points('0.30 usage + 0.30 payment + 0.25 support + 0.15 engagement, as configured').nullable(),
    churn_risk_level: churnLevel,
    churn_coverage: share('sum of the weights whose component is known'),
  })
  .meta({ id: 'CustomerMetrics' });

export const factorSchema = z
  .strictObject({
    component: text('column of the metrics'),
    weight: share('as configured'),
    value: points('0 to 100; null when nothing is known: the weight is spread over the others').nullable(),
    contribution: points('points that it adds to the score, after spreading; null when unknown').nullable(),
    inputs: z
      .array(
        z.strictObject({
          name: text('what went in'),
          value: z.number().nullable().describe('null when unknown'),
          unit: text('USD, days, percent, cases, milestones, activities, …'),
          description: text('what it counts'),
        }),
      )
      .describe('raw values behind the component'),
  })
  .meta({ id: 'ScoreFactor' });

export const scoreSchema = z
  .strictObject({
    score: points('the score; null when coverage is below 0.5').nullable(),
    name: text('status or level'),
    coverage: share('sum of the weights whose component is known'),
    factors: z.array(factorSchema),
    missing: z.array(z.string()).describe('components of which nothing is known'),
  })
  .meta({ id: 'Score' });
