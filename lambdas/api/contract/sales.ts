import { z } from 'zod';
import {
  anyOf,
  booleanParameter,
  listOf,
  monthParameter,
  pageParameters,
  searchParameter,
  sortBy,
  sourceSchema,
  valueParameter,
} from './paging.ts';
import { count, days, flag, money, month, percent, text } from './values.ts';

export const salesTeamRowSchema = z
  .strictObject({
    store_id: text('the store'),
    sales_person_id: text('the salesperson'),
    full_name: text('null when not in the master data').nullable(),
    sales_month: month('month of the sales'),
    total_sales: money("sum of the salesperson's amounts in store and month"),
    avg_sales_per_month: money('average of the monthly totals of store and salesperson'),
    top_performance_rank: count('dense rank within store and month by total_sales'),
    incentive: money('1 % of the own total_sales at rank 1, as configured, else 0'),
    sales_growth_rate: percent(
      'against the preceding calendar month; null in the first month and after a missing one',
    ).nullable(),
    month_over_month_variance: money('total_sales − the preceding calendar month; null in the first month').nullable(),
    year_to_date_sales: money('running sum within the calendar year'),
    first_sale_month: month('first month with a sale, over all stores'),
    last_sale_month: month('last one'),
    total_transactions: count('transactions in store and month'),
    avg_transaction_value: money('total_sales / total_transactions').nullable(),
    max_single_transaction: money('largest transaction'),
    sales_contribution_percentage: percent("of the store's total; null when that is not positive").nullable(),
    is_final_month: flag('the month has ended at as_of'),
  })
  .meta({ id: 'SalesTeamRow' });
export const salesTeamQuery = z.strictObject({
  store: valueParameter.optional().describe('store_id'),
  month: monthParameter.optional(),
  sales_person_id: valueParameter.optional(),
  rank: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe('only this rank; 1: the best of each store and month'),
  q: searchParameter.optional().describe('part of the name or id of the salesperson'),
  sort: sortBy([
    'total_sales',
    'sales_month',
    'top_performance_rank',
    'incentive',
    'sales_growth_rate',
    'full_name',
  ]).optional(),
  ...pageParameters,
});
/** Facets: store_id, sales_month. */
export const salesTeamResponse = listOf(salesTeamRowSchema).meta({ id: 'SalesTeam' });
export type SalesTeam = z.infer<typeof salesTeamResponse>;

export const anomalyTypes = ['SALESPERSON_MONTH', 'CUSTOMER_MONTH', 'TRANSACTION'] as const;
export const anomalySchema = z
  .strictObject({
    anomaly_id: text('the same in every run'),
    anomaly_type: z.enum(anomalyTypes),
    store_id: text('null for CUSTOMER_MONTH').nullable(),
    sales_person_id: text('null for CUSTOMER_MONTH').nullable(),
    customer_id: text('null for SALESPERSON_MONTH').nullable(),
    transaction_id: text('of a transaction, where the file has one').nullable(),
    sales_month: month('the month'),
    value: money("the month's total or the transaction's amount"),
    expectation: money("the history's median or the store's percentile").nullable(),
    score: z.number().nullable().describe('how far off; null where the history does not vary'),
    reason: text('what was compared, with the values'),
  })
  .meta({ id: 'Anomaly' });
export const anomaliesQuery = z.strictObject({
  type: anyOf(anomalyTypes).optional(),
  store: valueParameter.optional(),
  month: monthParameter.optional(),
  customer_id: valueParameter.optional(),
  sales_person_id: valueParameter.optional(),
  sort: sortBy(['score', 'value', 'sales_month']).optional(),
  ...pageParameters,
});
/** Facets: anomaly_type, store_id, sales_month. */
export const anomaliesResponse = listOf(anomalySchema).meta({ id: 'Anomalies' });
export type Anomalies = z.infer<typeof anomaliesResponse>;

export const shopperSegments = ['At-Risk', 'Premium', 'Regular', 'New'] as const;
export const shopperRowSchema = z
  .strictObject({
    customer_id: text('the customer of the stores'),
    full_name: text('null when not in the master data').nullable(),
    address: text('with pincode').nullable(),
    phone_number: text('telephone number').nullable(),
    customer_segment: z.enum(shopperSegments),
    customer_lifetime_value: money('sum of all amounts up to as_of'),
    first_purchase_month: month('first purchase'),
    last_purchase_month: month('last purchase'),
    purchase_frequency: count('number of transactions'),
    monetary_value: money('customer_lifetime_value / purchase_frequency'),
    avg_monthly_spending: money('customer_lifetime_value / months with a sale'),
    max_single_transaction: money('largest transaction'),
    avg_time_between_purchases: days('null with one purchase day').nullable(),
    inactive_status: flag('last purchase more than 90 days before as_of'),
    recency_days: days('as_of − last purchase day'),
    repeat_purchases: count('distinct purchase days − 1'),
    is_high_value: flag('top decile by lifetime value'),
  })
  .meta({ id: 'Shopper' });
export const shoppersQuery = z.strictObject({
  q: searchParameter.optional().describe('part of the name or id'),
  customer_segment: anyOf(shopperSegments).optional(),
  inactive: booleanParameter.optional(),
  high_value: booleanParameter.optional(),
  sort: sortBy([
    'customer_lifetime_value',
    'purchase_frequency',
    'monetary_value',
    'recency_days',
    'full_name',
  ]).optional(),
  ...pageParameters,
});
/** Facets: customer_segment. */
export const shoppersResponse = listOf(shopperRowSchema).meta({ id: 'Shoppers' });
export type Shoppers = z.infer<typeof shoppersResponse>;

export const shopperResponse = z
  .strictObject({
    shopper: shopperRowSchema,
    months: z.array(
      z.strictObject({ sales_date_month: month('a month with a sale'), total_sales: money('sum of its amounts') }),
    ),
    source: sourceSchema,
  })
  .meta({ id: 'ShopperMonths' });
export type ShopperMonths = z.infer<typeof shopperResponse>;
