with deal as (
  -- one row per account with an opportunity
  select
    account_id,
    sum(case when outcome = 'won' then amount else 0 end) as crm_revenue,
    count(case when outcome = 'won' then 1 end) as won_count,
    sum(case when outcome = 'open' then amount else 0 end) as pipeline_amount
  from silver.opportunity_outcome
  where account_id is not null
  group by account_id
),
account_order as (
  -- one row per account with an order
  select
    matched.account_id,
    count(*) as order_count,
    sum(orders.amount) as order_amount,
    min(orders.order_date) as first_order_date,
    max(orders.order_date) as last_order_date
  from silver.order_match as matched
  inner join silver.orders as orders on orders.order_id = matched.order_id
  where matched.account_id is not null
  group by matched.account_id
)
select
  profile.account_id,
  profile.account_name,
  coalesce(deal.crm_revenue, 0) as crm_revenue,
  coalesce(deal.won_count, 0) as won_count,
  coalesce(deal.pipeline_amount, 0) as pipeline_amount,
  coalesce(account_order.order_count, 0) as order_count,
  coalesce(account_order.order_amount, 0) as order_amount,
  account_order.first_order_date,
  account_order.last_order_date
from silver.account_profile as profile
left join deal on deal.account_id = profile.account_id
left join account_order on account_order.account_id = profile.account_id
