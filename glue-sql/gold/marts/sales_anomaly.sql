with transaction_cents as (
  -- one row per outlying transaction: what is divided, as integers
  select
    store_id,
    sales_person_id,
    customer_id,
    sales_month,
    transaction_key,
    transaction_id,
    amount,
    percentile,
    cast(amount * 100 as bigint) as amount_cents,
    cast(percentile * 100 as bigint) as percentile_cents
  from silver.transaction_outlier
),
anomaly as (
  -- months and transactions
  select
    anomaly_type,
    nullif(store_id, '') as store_id,
    case when anomaly_type = 'SALESPERSON_MONTH' then owner_id end as sales_person_id,
    case when anomaly_type = 'CUSTOMER_MONTH' then owner_id end as customer_id,
    '' as transaction_key,
    cast(null as varchar) as transaction_id,
    sales_month,
    total_sales as value,
    median as expectation,
    score,
    'Sales of ' || cast(total_sales as varchar) || ' in ' || sales_month || '; the median of ' || cast(months as varchar)
      || ' months is ' || cast(median as varchar) || ', their median deviation ' || cast(mad as varchar) as reason
  from silver.month_outlier
  union all
  select
    'TRANSACTION' as anomaly_type,
    store_id,
    sales_person_id,
    customer_id,
    transaction_key,
    transaction_id,
    sales_month,
    amount as value,
    percentile as expectation,
    ((200 * amount_cents + percentile_cents) / nullif(2 * percentile_cents, 0)) * 0.01 as score,
    'Transaction of ' || cast(amount as varchar) || ' in ' || sales_month || '; percentile '
      || cast(parameters.anomaly_transaction_percentile as varchar) || ' of the store''s transactions is '
      || cast(percentile as varchar) as reason
  from transaction_cents
  cross join run.parameters as parameters
)
select
  anomaly_type
    || '|' || replace(replace(coalesce(store_id, ''), '%', '%25'), '|', '%7C')
    || '|' || replace(replace(coalesce(sales_person_id, ''), '%', '%25'), '|', '%7C')
    || '|' || replace(replace(coalesce(customer_id, ''), '%', '%25'), '|', '%7C')
    || '|' || sales_month
    || '|' || replace(replace(transaction_key, '%', '%25'), '|', '%7C') as anomaly_id,
  anomaly_type,
  store_id,
  sales_person_id,
  customer_id,
  transaction_id,
  sales_month,
  value,
  expectation,
  score,
  reason
from anomaly
