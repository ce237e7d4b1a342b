import { z } from 'zod';
import type { ColumnType } from './column-type.ts';
import { customer360Parameters, customer360Schema } from './customer-360/customer-360-config.ts';
import type { RunParameter } from './run-parameter.ts';

/**
 * A number that becomes a decimal with at most `whole` digits before and `scale` digits behind the point. One with more digits would
 * be rounded by the engine, and rows judged by another threshold than the one written here: it is refused.
 */
function decimal(whole: number, scale: number) {
  const pattern = new RegExp(`^\\d{1,${whole}}(\\.\\d{1,${scale}})?$`);
  return z
    .number()
    .nonnegative()
    .refine((value) => pattern.test(String(value)), {
      error: `expected at most ${whole} digits before and ${scale} behind the point`,
    });
}

const days = z.int().min(0).max(36_500);
const count = z.int().min(1).max(1_000_000);

const salesMetricsSchema = z.strictObject({
  inactive_after_days: days.describe('a customer is inactive when the last purchase lies more days back than this'),
  premium_min_purchases: count.describe('Premium from this number of transactions on'),
  premium_min_monetary_value: decimal(12, 2).describe(
    'Premium from this average transaction amount on, USD, as stored with 2 decimals',
  ),
  regular_min_purchases: count.describe('Regular from this number of transactions on; below it a customer is New'),
  high_value_percent: z
    .int()
    .min(0)
    .max(100)
    .describe('share of customers, by lifetime value, that are of high value, percent'),
  incentive_percent: decimal(3, 4)
    .refine((value) => value <= 100, { error: 'expected at most 100' })
    .describe("incentive of a store's best salesperson of a month, percent of the own total"),
  incentive_tie_rule: z
    .enum(['all', 'split', 'none'])
    .describe('when several share rank 1: all get it, they split it equally, or none gets it'),
  anomaly_score: decimal(7, 2).describe(
    'a month is an outlier above this score, 0.6745 × deviation / median deviation',
  ),
  anomaly_min_months: count.describe('histories with fewer months of sales are not judged'),
  anomaly_flat_percent: decimal(7, 2).describe(
    'where the median deviation is 0, a month is an outlier when it deviates by more percent of the median than this',
  ),
  anomaly_transaction_multiple: decimal(7, 2).describe(
    "a transaction is an outlier above this multiple of its store's percentile",
  ),
  anomaly_transaction_percentile: decimal(7, 2)
    .refine((value) => value > 0 && value <= 100, { error: 'expected more than 0 and at most 100' })
    .describe("the percentile of a store's transaction amounts, by nearest rank"),
});

const crmMetricsSchema = z
  .strictObject({
    segment_enterprise_min_revenue: decimal(14, 2).describe(
      'an account without a segment is Enterprise from this annual revenue on, USD',
    ),
    segment_mid_market_min_revenue: decimal(14, 2).describe('below that Mid-Market from this one on, else SMB, USD'),
  })
  .refine((crm) => crm.segment_mid_market_min_revenue <= crm.segment_enterprise_min_revenue, {
    path: ['segment_mid_market_min_revenue'],
    error: 'expected at most segment_enterprise_min_revenue',
  });

/** `config/metrics.json`: thresholds and percentages of the metrics. */
export const metricsConfigSchema = z.strictObject({
  $schema: z.string().optional(),
  sales: salesMetricsSchema.describe('the customer mart, the sales-team mart and their anomalies'),
  crm: crmMetricsSchema.describe('revenue by industry, geography and segment'),
  customer_360: customer360Schema.describe('scores of accounts, alerts and recommendations'),
});

export type MetricsConfig = z.infer<typeof metricsConfigSchema>;

/**
 * Type of each parameter in SQL; a decimal has as many digits behind the point as the schema lets through. The multiple is
 * wide because amounts are multiplied with it: DuckDB keeps the product of two narrow decimals within 18 digits, or fails.
 */
const salesParameterTypes: Readonly<Record<keyof MetricsConfig['sales'], ColumnType>> = {
  inactive_after_days: 'integer',
  premium_min_purchases: 'integer',
  premium_min_monetary_value: 'decimal(18,2)',
  regular_min_purchases: 'integer',
  high_value_percent: 'integer',
  incentive_percent: 'decimal(9,4)',
  incentive_tie_rule: 'varchar',
  anomaly_score: 'decimal(9,2)',
  anomaly_min_months: 'integer',
  anomaly_flat_percent: 'decimal(9,2)',
  anomaly_transaction_multiple: 'decimal(38,2)',
  anomaly_transaction_percentile: 'decimal(9,2)',
};

/** The columns of `run.parameters` that the sales models read, without `as_of`, which belongs to the run. */
export function salesParameters(config: Pick<MetricsConfig, 'sales'>): RunParameter[] {
  return Object.entries(salesParameterTypes).map(([name, type]) => ({
    name,
    type,
    value: String(config.sales[name as keyof MetricsConfig['sales']]),
  }));
}

/** All columns of `run.parameters` that come from the configuration. */
export function metricParameters(config: MetricsConfig): RunParameter[] {
  const crm = Object.entries(config.crm).map(
    ([name, value]): RunParameter => ({ name, type: 'decimal(18,2)', value: String(value) }),
  );
  return [...salesParameters(config), ...crm, ...customer360Parameters(config.customer_360)];
}
