import type { Collection } from '../collection.ts';
import { cents, jsonArray, jsonObject, keyOf, listOf } from '../json-sql.ts';

const teamKey = keyOf(['store_id', 'sales_person_id', 'sales_month']);
export const salesTeam: Collection = {
  name: 'sales_team',
  reads: ['gold.sales_team_data_mart'],
  ranked: `select ${teamKey} as key,
    row_number() over (order by sales_month desc, store_id, top_performance_rank, sales_person_id) as rank from gold.sales_team_data_mart`,
  columns: {
    store_id: 'text',
    sales_month: 'text',
    sales_person_id: 'text',
    full_name: 'text',
    top_performance_rank: 'integer',
    total_sales: 'cents',
    incentive: 'cents',
    sales_growth_rate: 'cents',
    search: 'search',
  },
  territories: [],
  rows: `select r.rank, r.key, m.store_id, m.sales_month, m.sales_person_id, m.full_name, m.top_performance_rank, ${cents('m.total_sales')},
    ${cents('m.incentive')}, ${cents('m.sales_growth_rate')}, m.sales_person_id || ' ' || coalesce(m.full_name, ''),
    ${jsonObject(
      {
        store_id: 'text',
        sales_person_id: 'text',
        full_name: 'text',
        sales_month: 'text',
        total_sales: 'number',
        avg_sales_per_month: 'number',
        top_performance_rank: 'number',
        incentive: 'number',
        sales_growth_rate: 'number',
        month_over_month_variance: 'number',
        year_to_date_sales: 'number',
        first_sale_month: 'text',
        last_sale_month: 'text',
        total_transactions: 'number',
        avg_transaction_value: 'number',
        max_single_transaction: 'number',
        sales_contribution_percentage: 'number',
        is_final_month: 'flag',
      },
      'm',
    )} as body
  from {ranked} as r join (select *, ${teamKey} as key from gold.sales_team_data_mart) as m on m.key = r.key`,
  documents: {},
};

export const anomalies: Collection = {
  name: 'anomaly',
  reads: ['gold.sales_anomaly'],
  ranked:
    'select anomaly_id as key, row_number() over (order by score desc nulls last, anomaly_id) as rank from gold.sales_anomaly',
  columns: {
    anomaly_type: 'text',
    store_id: 'text',
    sales_month: 'text',
    customer_id: 'text',
    sales_person_id: 'text',
    value: 'cents',
    score: 'cents',
  },
  territories: [],
  rows: `select r.rank, r.key, a.anomaly_type, a.store_id, a.sales_month, a.customer_id, a.sales_person_id, ${cents('a.value')}, ${cents('a.score')},
    ${jsonObject(
      {
        anomaly_id: 'text',
        anomaly_type: 'text',
        store_id: 'text',
        sales_person_id: 'text',
        customer_id: 'text',
        transaction_id: 'text',
        sales_month: 'text',
        value: 'number',
        expectation: 'number',
        score: 'number',
        reason: 'text',
      },
      'a',
    )} as body
  from {ranked} as r join gold.sales_anomaly as a on a.anomaly_id = r.key`,
  documents: {},
};

const month = jsonArray([
  ['m.sales_date_month', 'text'],
  ['m.total_sales', 'number'],
]);
/** Customers of the stores, with their months. */
export const shoppers: Collection = {
  name: 'shopper',
  reads: ['gold.customer_summary', 'gold.customers_data_mart'],
  ranked:
    'select customer_id as key, row_number() over (order by customer_lifetime_value desc, customer_id) as rank from gold.customer_summary',
  columns: {
    customer_segment: 'text',
    inactive_status: 'flag',
    is_high_value: 'flag',
    full_name: 'text',
    customer_lifetime_value: 'cents',
    monetary_value: 'cents',
    purchase_frequency: 'integer',
    recency_days: 'integer',
    search: 'search',
  },
  territories: [],
  rows: `select r.rank, r.key, s.customer_segment, s.inactive_status, s.is_high_value, s.full_name, ${cents('s.customer_lifetime_value')},
    ${cents('s.monetary_value')}, s.purchase_frequency, s.recency_days, s.customer_id || ' ' || coalesce(s.full_name, ''),
    ${jsonObject(
      {
        customer_id: 'text',
        full_name: 'text',
        address: 'text',
        phone_number: 'text',
        customer_segment: 'text',
        customer_lifetime_value: 'number',
        first_purchase_month: 'text',
        last_purchase_month: 'text',
        purchase_frequency: 'number',
        monetary_value: 'number',
        avg_monthly_spending: 'number',
        max_single_transaction: 'number',
        avg_time_between_purchases: 'number',
        inactive_status: 'flag',
        recency_days: 'number',
        repeat_purchases: 'number',
        is_high_value: 'flag',
      },
      's',
    )} as body
  from {ranked} as r join gold.customer_summary as s on s.customer_id = r.key`,
  documents: {
    months: {
      sql: listOf('gold.customers_data_mart as m', 'm.customer_id', month, ['m.sales_date_month']),
      inParts: true,
    },
  },
};
