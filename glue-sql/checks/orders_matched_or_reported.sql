with total as (
  -- one row per side
  select 'silver.orders' as source, count(*) as orders, coalesce(sum(placed.amount), 0) as amount
  from silver.orders as placed
  cross join run.parameters as parameters
  where placed.order_date <= parameters.as_of
  union all
  select 'gold.account_orders and gold.unmatched_order' as source,
    coalesce(cast(sum(orders) as bigint), 0) as orders,
    coalesce(sum(amount), 0) as amount
  from (
    select order_count as orders, order_amount as amount from gold.account_orders
    union all
    select 1 as orders, amount from gold.unmatched_order
  ) as side
),
extremes as (
  -- one row
  select
    min(orders) as least_orders,
    max(orders) as greatest_orders,
    min(amount) as least_amount,
    max(amount) as greatest_amount
  from total
)
select total.source, total.orders, total.amount
from total
cross join extremes
where extremes.least_orders <> extremes.greatest_orders or extremes.least_amount <> extremes.greatest_amount
