with total as (
  -- one row per way to count the accounts
  select 'silver.account' as source, count(*) as accounts from silver.account where not is_deleted
  union all
  select 'gold.revenue_by_industry' as source, coalesce(cast(sum(account_count) as bigint), 0) as accounts
  from gold.revenue_by_industry
  union all
  select 'gold.revenue_by_geography' as source, coalesce(cast(sum(account_count) as bigint), 0) as accounts
  from gold.revenue_by_geography
  union all
  select 'gold.customer_segmentation' as source, coalesce(cast(sum(account_count) as bigint), 0) as accounts
  from gold.customer_segmentation
  union all
  select 'gold.account_orders' as source, count(*) as accounts from gold.account_orders
),
extremes as (
  -- one row
  select min(accounts) as least, max(accounts) as greatest_count from total
)
select total.source, total.accounts
from total
cross join extremes
where extremes.least <> extremes.greatest_count
