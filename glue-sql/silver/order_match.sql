with placed as (
  -- one row per order up to as_of, with the name as it is matched
  select
    orders.order_id,
    orders.customer_name,
    nullif(trim(regexp_replace(lower(orders.customer_name), '[^\p{L}\p{N}]+', ' ')), '') as name_key
  from silver.orders as orders
  cross join run.parameters as parameters
  where orders.order_date <= parameters.as_of
),
named as (
  -- one row per name of an account
  select name_key, count(*) as accounts, min(account_id) as account_id
  from silver.account_profile
  where name_key is not null
  group by name_key
)
select
  placed.order_id,
  case when named.accounts = 1 then named.account_id end as account_id,
  coalesce(named.accounts, 0) as matching_accounts
from placed
left join named on named.name_key = placed.name_key
