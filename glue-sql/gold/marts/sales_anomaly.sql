with month_cents as (
  -- one row per outlying month: what is divided, as integers
  select
    anomaly_type,
    nullif(store_id, '') as store_id,
    owner_id,
    sales_month,
    total_sales,
    months,
    median,
    mad,
    cast(deviation * 100 as bigint) as deviation_cents,
    cast(mad * 100 as bigint) as mad_cents
  from silver.month_outlier
),
transaction_cents as (
  -- one row per outlying transaction, likewise
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
  -- both; a month's score is 0.6745 * deviation / mad, in hundredths, half rounded up
  select
    anomaly_type,
    store_id,
    case when anomaly_type = 'SALESPERSON_MONTH' then owner_id end as sales_person_id,
    case when anomaly_type = 'CUSTOMER_MONTH' then owner_id end as customer_id,
    '' as transaction_key,
    cast(null as varchar) as transaction_id,
    sales_month,
    total_sales as value,
    median as expectation,
    ((13490 * deviation_cents + 100 * mad_cents) / nullif(200 * mad_cents, 0)) * 0.01 as score,
    'Sales of ' || cast(total_sales as varchar) || ' in ' || sales_month || '; the median of ' || cast(months as varchar)
      || ' months is ' || cast(median as varchar) || ', their median deviation ' || cast(mad as varchar) as reason
  from month_cents
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
