with subject as (
  -- one row per subject
  select distinct subject_id from silver.customer_360_member
),
joined as (
  -- the same with what the themes found, in whole numbers where something is divided
  select
    subject.subject_id,
    payment.payment_history,
    payment.days_overdue,
    cast(payment.overdue_amount * 100 as bigint) as overdue_cents,
    cast(payment.credit_limit * 100 as bigint) as limit_cents,
    usage.usage_change_90d,
    coalesce(engagement.engagement_score, 0) as engagement_score,
    case when support.milestones_due > 0 then support.milestones_due else 1 end as due,
    case when support.milestones_due > 0 then support.milestones_due - support.sla_breaches else 1 end as kept,
    greatest(parameters.support_backlog_limit - coalesce(support.backlog_weight, 0), 0) as spare,
    greatest(100 - parameters.support_escalation_points * coalesce(support.escalated_cases, 0), 0) as calm,
    parameters.support_backlog_limit as backlog_limit,
    cast(parameters.support_weight_sla * 10000 as bigint) as sla_weight,
    cast(parameters.support_weight_backlog * 10000 as bigint) as backlog_weight,
    cast(parameters.support_weight_escalation * 10000 as bigint) as escalation_weight,
    parameters.churn_usage_factor,
    parameters.churn_points_per_day_overdue,
    parameters.churn_points_at_credit_limit
  from subject
  cross join run.parameters as parameters
  left join silver.customer_360_payment as payment on payment.subject_id = subject.subject_id
  left join silver.customer_360_usage as usage on usage.subject_id = subject.subject_id
  left join silver.customer_360_engagement as engagement on engagement.subject_id = subject.subject_id
  left join silver.customer_360_support as support on support.subject_id = subject.subject_id
),
measured as (
  -- the same with the quality of support, in hundredths of a point
  select
    subject_id,
    payment_history,
    usage_change_90d,
    engagement_score,
    churn_usage_factor,
    (2 * (sla_weight * kept * backlog_limit * 100 + backlog_weight * spare * due * 100 + escalation_weight * calm * due * backlog_limit)
      + due * backlog_limit * 100) / (2 * due * backlog_limit * 100) as support_quality,
    least(
      10000,
      100 * churn_points_per_day_overdue * days_overdue
        + coalesce((200 * churn_points_at_credit_limit * overdue_cents + limit_cents) / (2 * limit_cents), 0)
    ) as payment_issues
  from joined
)
select
  subject_id,
  payment_history,
  support_quality * 0.01 as support_quality,
  greatest(least(50 + usage_change_90d, 100), 0) as usage_trends,
  engagement_score,
  greatest(least(-churn_usage_factor * usage_change_90d, 100), 0) as churn_usage_decline,
  payment_issues * 0.01 as churn_payment_issues,
  (10000 - support_quality) * 0.01 as churn_support_problems,
  100 - engagement_score as churn_low_engagement
from measured
