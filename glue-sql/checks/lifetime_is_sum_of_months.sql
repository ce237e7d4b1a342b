with month_sum as (
  -- one row per customer of the monthly mart
  select
    customer_id,
    sum(total_sales) as total_sales,
    min(customer_lifetime_value) as least_lifetime_value,
    max(customer_lifetime_value) as greatest_lifetime_value
  from gold.customers_data_mart
  group by customer_id
)
select
  coalesce(summary.customer_id, month_sum.customer_id) as customer_id,
  summary.customer_lifetime_value,
  month_sum.total_sales,
  month_sum.least_lifetime_value,
  month_sum.greatest_lifetime_value
from gold.customer_summary as summary
full outer join month_sum on month_sum.customer_id = summary.customer_id
where summary.customer_lifetime_value is distinct from month_sum.total_sales
  or summary.customer_lifetime_value is distinct from month_sum.least_lifetime_value
  or summary.customer_lifetime_value is distinct from month_sum.greatest_lifetime_value
