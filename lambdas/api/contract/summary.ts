import { z } from 'zod';
import { customerRowSchema } from './customers.ts';
import { sourceSchema } from './paging.ts';
import {
  churnLevels,
  count,
  day,
  healthStatuses,
  money,
  percent,
  points,
  recommendationStatuses,
  text,
} from './values.ts';

const changesSchema = z
  .strictObject({
    improved: count('accounts with a better health status than then'),
    worsened: count('accounts with a worse one'),
    compared_with: day('the day that is compared with; null when the history does not reach back so far').nullable(),
  })
  .meta({ id: 'StatusChanges' });

export const summaryResponse = z
  .strictObject({
    total_customers: count('accounts that are not deleted'),
    total_revenue: money('sum of annual_revenue'),
    previous_total_revenue: money('sum of previous_annual_revenue'),
    avg_health_score: points('average of the known scores; null without one').nullable(),
    high_risk_customers: count('accounts at churn level HIGH'),
    revenue_at_risk: money('annual_revenue of accounts at churn level HIGH'),
    total_arr: money('sum of arr').meta({ unit: 'USD per year' }),
    pipeline_amount: money('sum of open opportunities'),
    overdue_amount: money('sum of open balances past due'),
    open_alerts: count('alerts that stand'),
    comparison: z
      .strictObject({
        compared_with: day('30 days before as_of'),
        avg_health_score: points('of then').nullable(),
        high_risk_customers: count('of then'),
        revenue_at_risk: money('of the accounts at churn level HIGH then, at their revenue of today'),
      })
      .nullable()
      .describe('null when the history does not reach back 30 days'),
    health_distribution: z.array(
      z.strictObject({ status: z.enum(healthStatuses), customers: count(''), annual_revenue: money('') }),
    ),
    risk_distribution: z.array(
      z.strictObject({ level: z.enum(churnLevels), customers: count(''), annual_revenue: money('') }),
    ),
    top_revenue_customers: z.array(customerRowSchema).describe('the 10 with the greatest annual revenue'),
    at_risk_customers: z
      .array(customerRowSchema)
      .describe('the 10 with the greatest annual revenue at churn level HIGH'),
    recommendations: z.array(
      z.strictObject({
        status: z.enum(recommendationStatuses),
        recommendations: count(''),
        estimated_impact: money(''),
      }),
    ),
    recommendation_execution_rate: percent(
      'executed (pending, scheduled or done) / raised; null when none was raised',
    ).nullable(),
    status_changes: z.strictObject({ days_7: changesSchema, days_30: changesSchema }),
    renewals_90_days: z.strictObject({
      customers: count('accounts whose contract ends within 90 days from as_of'),
      annual_revenue: money('their annual revenue'),
      next: z.array(customerRowSchema).describe('the 10 that end first'),
    }),
    run_id: text('the publication'),
    as_of: day('the date as of which it was computed'),
    source: sourceSchema,
  })
  .meta({ id: 'Summary' });
export type Summary = z.infer<typeof summaryResponse>;
