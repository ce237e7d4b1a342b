select
  component.subject_id,
  coalesce(revenue.annual_revenue, 0) as annual_revenue,
  coalesce(revenue.revenue_ytd, 0) as revenue_ytd,
  coalesce(revenue.previous_annual_revenue, 0) as previous_annual_revenue,
  case
    when revenue.previous_annual_revenue > 0 then least(
      (20000 * cast((revenue.annual_revenue - revenue.previous_annual_revenue) * 100 as bigint)
        + sign(cast((revenue.annual_revenue - revenue.previous_annual_revenue) * 100 as bigint))
        * cast(revenue.previous_annual_revenue * 100 as bigint))
        / (2 * cast(revenue.previous_annual_revenue * 100 as bigint)),
      999999999
    ) * 0.01
  end as yoy_growth,
  coalesce(subscription.mrr, 0) as mrr,
  coalesce(subscription.arr, 0) as arr,
  coalesce(revenue.clv_historical, 0) as clv_historical,
  coalesce(revenue.clv_projected, 0) as clv_projected,
  coalesce(revenue.clv_historical, 0) + coalesce(revenue.clv_projected, 0) as customer_lifetime_value,
  coalesce(subscription.active_services, 0) as active_services,
  ((20000 * revenue.won_count + revenue.closed_count) / nullif(2 * revenue.closed_count, 0)) * 0.01 as win_rate,
  coalesce(revenue.closed_count, 0) as closed_count,
  ((2 * cast(revenue.clv_historical * 100 as bigint) + sign(cast(revenue.clv_historical * 100 as bigint)) * revenue.won_count)
    / nullif(2 * revenue.won_count, 0)) * 0.01 as average_deal_size,
  coalesce(revenue.open_opportunities, 0) as open_opportunities,
  coalesce(revenue.pipeline_amount, 0) as pipeline_amount,
  payment.days_overdue,
  payment.overdue_amount,
  subscription.days_to_expiry,
  usage.usage_change_90d,
  coalesce(support.sla_breaches, 0) as sla_breaches,
  ((20000 * (support.milestones_due - support.sla_breaches) + support.milestones_due) / nullif(2 * support.milestones_due, 0)) * 0.01 as sla_compliance_rate,
  coalesce(support.escalated_cases, 0) as escalated_cases,
  component.payment_history,
  component.support_quality,
  component.usage_trends,
  component.engagement_score,
  score.health_score,
  score.health_status,
  score.health_coverage,
  component.churn_usage_decline,
  component.churn_payment_issues,
  component.churn_support_problems,
  component.churn_low_engagement,
  score.churn_risk_score,
  score.churn_risk_level,
  score.churn_coverage
from silver.customer_360_component as component
inner join silver.customer_360_score as score on score.subject_id = component.subject_id
left join silver.customer_360_revenue as revenue on revenue.subject_id = component.subject_id
left join silver.customer_360_subscription as subscription on subscription.subject_id = component.subject_id
left join silver.customer_360_support as support on support.subject_id = component.subject_id
left join silver.customer_360_usage as usage on usage.subject_id = component.subject_id
left join silver.customer_360_payment as payment on payment.subject_id = component.subject_id
