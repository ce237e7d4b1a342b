import { z } from 'zod';
import { allOf, csvParameter, monthParameter, valueParameter } from './paging.ts';
import { shopperSegments } from './sales.ts';
import { count, money, text } from './values.ts';

export const salesDimensions = ['store', 'month'] as const;
export const salesTotalSchema = z
  .strictObject({
    value: text('the store or the month'),
    total_sales: money('sum of the amounts'),
    incentive: money('sum of the incentives'),
    entries: count('salespeople with a sale, counted anew in each store and month'),
  })
  .meta({ id: 'SalesTotal' });
export const salesTotalsParameters = z.strictObject({ by: z.enum(salesDimensions) });
export const salesTotalsQuery = z.strictObject({
  store: valueParameter.optional().describe('store_id'),
  month: monthParameter.optional(),
  format: csvParameter.optional(),
});
/** Stores by their sales, months in their order. */
export const salesTotalsResponse = allOf(salesTotalSchema).meta({ id: 'SalesTotals' });
export type SalesTotals = z.infer<typeof salesTotalsResponse>;

export const shopperSegmentSchema = z
  .strictObject({
    customer_segment: z.enum(shopperSegments),
    customers: count('customers of the stores'),
    customer_lifetime_value: money('sum of all their amounts up to as_of'),
    purchases: count('their transactions'),
    inactive: count('of them without a purchase for more than 90 days'),
    high_value: count('of them in the top decile by lifetime value'),
  })
  .meta({ id: 'ShopperSegment' });
export const shopperSegmentsQuery = z.strictObject({ format: csvParameter.optional() });
/** Every segment, empty ones too. */
export const shopperSegmentsResponse = allOf(shopperSegmentSchema).meta({ id: 'ShopperSegments' });
export type ShopperSegments = z.infer<typeof shopperSegmentsResponse>;

export const pipelineDimensions = ['stage', 'forecast_category', 'close_month'] as const;
export const pipelineTotalSchema = z
  .strictObject({
    value: text('the stage, category or month'),
    opportunity_count: count('opportunities'),
    amount: money('sum of the amounts'),
    weighted_amount: money('sum of amount × probability / 100'),
  })
  .meta({ id: 'PipelineTotal' });
export const pipelineTotalsParameters = z.strictObject({ by: z.enum(pipelineDimensions) });
export const pipelineTotalsQuery = z.strictObject({
  from: monthParameter.optional().describe('first close month'),
  to: monthParameter.optional().describe('last close month'),
  format: csvParameter.optional(),
});
/** Months in their order, others by amount. */
export const pipelineTotalsResponse = allOf(pipelineTotalSchema).meta({ id: 'PipelineTotals' });
export type PipelineTotals = z.infer<typeof pipelineTotalsResponse>;
