with high_month as (
  -- one row per store, salesperson and month with a transaction above the store's limit
  select
    sales.store_id,
    sales.sales_person_id,
    sales.sales_month,
    store.percentile,
    parameters.anomaly_transaction_multiple * store.percentile as limit_amount
  from silver.sales_person_month as sales
  cross join run.parameters as parameters
  inner join silver.store_percentile as store on store.store_id = sales.store_id
  where store.percentile >= 0
    and sales.largest_transaction > parameters.anomaly_transaction_multiple * store.percentile
)
select
  line.store_id,
  line.sales_person_id,
  line.customer_id,
  line.sales_month,
  'line:' || line._file_sha256 || ':' || cast(line._source_line as varchar) as transaction_key,
  line.transaction_id,
  line.total_cost as amount,
  high_month.percentile
from silver.sales_line as line
cross join run.parameters as parameters
inner join high_month
  on high_month.store_id = line.store_id
  and high_month.sales_person_id = line.sales_person_id
  and high_month.sales_month = line.sales_month
where line.transaction_id is null and line.sales_date <= parameters.as_of and line.total_cost > high_month.limit_amount
union all
select
  line.store_id,
  line.sales_person_id,
  line.customer_id,
  line.sales_month,
  'id:' || line.transaction_id as transaction_key,
  line.transaction_id,
  sum(line.total_cost) as amount,
  max(high_month.percentile) as percentile
from silver.sales_line as line
cross join run.parameters as parameters
inner join high_month
  on high_month.store_id = line.store_id
  and high_month.sales_person_id = line.sales_person_id
  and high_month.sales_month = line.sales_month
where line.transaction_id is not null and line.sales_date <= parameters.as_of
group by line.store_id, line.sales_person_id, line.customer_id, line.sales_month, line.transaction_id
having sum(line.total_cost) > max(high_month.limit_amount)
