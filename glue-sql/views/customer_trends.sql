with month as (
  -- one row per month with a sale: money that will be divided is in cents
  select
    sales_date_month as sales_month,
    count(*) as customers,
    count(case when first_purchase_month = sales_date_month then 1 end) as new_customers,
    sum(total_sales) as total_sales,
    cast(sum(total_sales) * 100 as bigint) as cents
  from analytics.customers_data_mart
  group by sales_date_month
),
compared as (
  -- the same rows beside the month before, if that is the preceding one
  select
    sales_month,
    customers,
    new_customers,
    total_sales,
    cents,
    case
      when lag(sales_month) over (order by sales_month)
        = substr(cast(date_add('month', -1, cast(sales_month || '-01' as date)) as varchar), 1, 7)
        then lag(cents) over (order by sales_month)
    end as previous_cents
  from month
)
select
  sales_month,
  customers,
  new_customers,
  customers - new_customers as returning_customers,
  total_sales,
  ((2 * cents + sign(cents) * customers) / (2 * customers)) * 0.01 as sales_per_customer,
  ((20000 * (cents - previous_cents) + sign(cents - previous_cents) * abs(previous_cents)) / nullif(2 * previous_cents, 0)) * 0.01
    as sales_growth_rate
from compared
