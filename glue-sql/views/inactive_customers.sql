select
  row_number() over (order by customer_lifetime_value desc, customer_id) as value_rank,
  customer_id,
  full_name,
  address as city,
  customer_lifetime_value,
  is_high_value,
  purchase_frequency,
  avg_time_between_purchases,
  last_purchase_month,
  recency_days
from analytics.customer_summary
where inactive_status
