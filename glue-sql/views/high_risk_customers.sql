with alert as (
  -- one row per account with a standing alert
  select account_id, count(*) as open_alerts, count(case when severity = 'HIGH' then 1 end) as high_alerts
  from analytics.risk_alert
  where closed_on is null
  group by account_id
),
advice as (
  -- one row per account with an open recommendation
  select account_id, count(*) as open_recommendations
  from analytics.recommendation
  where status = 'open'
  group by account_id
)
select
  row_number() over (order by metric.annual_revenue desc nulls last, metric.account_id) as revenue_rank,
  metric.account_id,
  metric.account_name,
  metric.industry,
  metric.customer_segment,
  metric.region,
  metric.churn_risk_score,
  metric.churn_risk_level,
  metric.health_score,
  metric.health_status,
  metric.annual_revenue,
  metric.overdue_amount,
  metric.days_to_expiry,
  coalesce(alert.open_alerts, 0) as open_alerts,
  coalesce(alert.high_alerts, 0) as high_alerts,
  coalesce(advice.open_recommendations, 0) as open_recommendations
from analytics.customer_360_metrics as metric
left join alert on alert.account_id = metric.account_id
left join advice on advice.account_id = metric.account_id
where metric.churn_risk_level = 'HIGH' or metric.health_status = 'Critical'
