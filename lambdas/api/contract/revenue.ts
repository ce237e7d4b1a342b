import { z } from 'zod';
import { allOf, csvParameter, listOf, monthParameter, pageParameters, sortBy, valueParameter } from './paging.ts';
import { count, days, money, month, percent, text } from './values.ts';

export const revenueDimensions = ['industry', 'geography', 'segment'] as const;
export type RevenueDimension = (typeof revenueDimensions)[number];

/** Of the dimension columns those are there that belong to the dimension asked for: industry; country, state, region; customer_segment, geographic_region. */
export const revenueRowSchema = z
  .strictObject({
    industry: text('by industry').optional(),
    country: text('by geography').optional(),
    state: text('by geography').optional(),
    region: text('by geography').optional(),
    customer_segment: text('by segment').optional(),
    geographic_region: text('by segment').optional(),
    total_revenue: money('won up to as_of'),
    opportunity_count: count('opportunities won'),
    pipeline_amount: money('sum of open opportunities'),
    open_count: count('open opportunities'),
    lost_amount: money('sum of lost opportunities'),
    lost_count: count('opportunities lost'),
    account_count: count('accounts that are not deleted'),
    avg_deal_size: money('total_revenue / opportunity_count; null when nothing was won').nullable(),
    win_rate: percent('won / (won + lost) by count; null when nothing was closed').nullable(),
  })
  .meta({ id: 'RevenueRow' });
export const revenueParameters = z.strictObject({ by: z.enum(revenueDimensions) });
export const revenueQuery = z.strictObject({ format: csvParameter.optional() });
/** Most revenue first. */
export const revenueResponse = allOf(revenueRowSchema).meta({ id: 'Revenue' });
export type Revenue = z.infer<typeof revenueResponse>;

export const pipelineRowSchema = z
  .strictObject({
    stage: text('stage of the sales process'),
    forecast_category: text('category in the forecast'),
    close_month: month('month of the close date'),
    opportunity_count: count('opportunities'),
    amount: money('sum of the amounts'),
    weighted_amount: money('sum of amount × probability / 100'),
    avg_age_days: days('creation to as_of, average of the open ones').nullable(),
    avg_sales_cycle_days: days('creation to close, average of the closed ones').nullable(),
  })
  .meta({ id: 'PipelineRow' });
export const pipelineQuery = z.strictObject({
  stage: valueParameter.optional(),
  forecast_category: valueParameter.optional(),
  close_month: monthParameter.optional(),
  from: monthParameter.optional().describe('first close month'),
  to: monthParameter.optional().describe('last close month'),
  sort: sortBy(['close_month', 'amount', 'weighted_amount', 'stage']).optional(),
  ...pageParameters,
});
/** Facets: stage, forecast_category, close_month. */
export const pipelineResponse = listOf(pipelineRowSchema).meta({ id: 'SalesPipeline' });
export type SalesPipeline = z.infer<typeof pipelineResponse>;
