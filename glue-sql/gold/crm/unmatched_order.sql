select
  orders.order_id,
  orders.customer_name,
  orders.order_date,
  orders.amount,
  case when matched.matching_accounts = 0 then 'UNKNOWN_NAME' else 'AMBIGUOUS_NAME' end as reason,
  matched.matching_accounts
from silver.order_match as matched
inner join silver.orders as orders on orders.order_id = matched.order_id
where matched.account_id is null
