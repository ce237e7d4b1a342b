select
  row_number() over (order by customer_lifetime_value desc, customer_id) as value_rank,
  customer_id,
  full_name,
  address as city,
  customer_segment,
  customer_lifetime_value,
  avg_monthly_spending,
  purchase_frequency,
  first_purchase_month,
  last_purchase_month,
  recency_days,
  inactive_status
from analytics.customer_summary
where is_high_value
