select
  sales.customer_id,
  summary.full_name,
  summary.address,
  summary.phone_number,
  sales.sales_month as sales_date_month,
  sales.total_sales,
  summary.customer_lifetime_value,
  summary.first_purchase_month,
  summary.last_purchase_month,
  summary.purchase_frequency,
  summary.monetary_value,
  summary.avg_monthly_spending,
  summary.max_single_transaction,
  summary.avg_time_between_purchases,
  summary.inactive_status,
  summary.customer_segment
from silver.customer_month as sales
inner join gold.customer_summary as summary on summary.customer_id = sales.customer_id
