import type { Collection } from '../collection.ts';
import { cents, type JsonFields, jsonObject, keyOf } from '../json-sql.ts';

const measures: JsonFields = {
  total_revenue: 'number',
  opportunity_count: 'number',
  pipeline_amount: 'number',
  open_count: 'number',
  lost_amount: 'number',
  lost_count: 'number',
  account_count: 'number',
  avg_deal_size: 'number',
  win_rate: 'number',
};

function revenueBy(name: string, table: `gold.${string}`, dimensions: readonly string[]): Collection {
  const key = keyOf(dimensions);
  const fields = { ...Object.fromEntries(dimensions.map((dimension) => [dimension, 'text' as const])), ...measures };
  return {
    name,
    reads: [table],
    ranked: `select ${key} as key, row_number() over (order by total_revenue desc, ${dimensions.join(', ')}) as rank from ${table}`,
    columns: { total_revenue: 'cents' },
    territories: [],
    rows: `select r.rank, r.key, ${cents('m.total_revenue')}, ${jsonObject(fields, 'm')} as body
      from {ranked} as r join (select *, ${key} as key from ${table}) as m on m.key = r.key`,
    documents: {},
  };
}

export const revenueByIndustry = revenueBy('revenue_industry', 'gold.revenue_by_industry', ['industry']);
export const revenueByGeography = revenueBy('revenue_geography', 'gold.revenue_by_geography', [
  'country',
  'state',
  'region',
]);
export const revenueBySegment = revenueBy('revenue_segment', 'gold.customer_segmentation', [
  'customer_segment',
  'geographic_region',
]);

const stageKey = keyOf(['stage', 'forecast_category', 'close_month']);
export const salesPipeline: Collection = {
  name: 'pipeline',
  reads: ['gold.sales_pipeline'],
  ranked: `select ${stageKey} as key, row_number() over (order by close_month, stage, forecast_category) as rank from gold.sales_pipeline`,
  columns: {
    stage: 'text',
    forecast_category: 'text',
    close_month: 'text',
    opportunity_count: 'integer',
    amount: 'cents',
    weighted_amount: 'cents',
  },
  territories: [],
  rows: `select r.rank, r.key, p.stage, p.forecast_category, p.close_month, p.opportunity_count, ${cents('p.amount')}, ${cents('p.weighted_amount')},
    ${jsonObject(
      {
        stage: 'text',
        forecast_category: 'text',
        close_month: 'text',
        opportunity_count: 'number',
        amount: 'number',
        weighted_amount: 'number',
        avg_age_days: 'number',
        avg_sales_cycle_days: 'number',
      },
      'p',
    )} as body
  from {ranked} as r join (select *, ${stageKey} as key from gold.sales_pipeline) as p on p.key = r.key`,
  documents: {},
};
