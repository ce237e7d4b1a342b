select
  row_number() over (partition by anomaly_type order by score desc nulls last, anomaly_id) as anomaly_rank,
  anomaly_type,
  sales_month,
  store_id,
  sales_person_id,
  customer_id,
  transaction_id,
  value,
  expectation,
  value - expectation as deviation,
  score,
  reason
from analytics.sales_anomaly
