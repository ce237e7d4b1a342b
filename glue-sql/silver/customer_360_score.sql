with weight as (
  -- one row: every weight in hundredths
  select
    cast(health_weight_payment_history * 100 as bigint) as payment,
    cast(health_weight_support_quality * 100 as bigint) as support,
    cast(health_weight_usage_trends * 100 as bigint) as usage,
    cast(health_weight_engagement_score * 100 as bigint) as engagement,
    cast(churn_weight_usage_decline * 100 as bigint) as decline,
    cast(churn_weight_payment_issues * 100 as bigint) as issues,
    cast(churn_weight_support_problems * 100 as bigint) as problems,
    cast(churn_weight_low_engagement * 100 as bigint) as silence,
    cast(minimum_coverage * 100 as bigint) as minimum_coverage,
    healthy_from,
    at_risk_from,
    churn_high_from,
    churn_medium_from
  from run.parameters
),
weighed as (
  -- one row per subject: the known weights, and the components times their weights
  select
    component.subject_id,
    case when component.payment_history is null then 0 else weight.payment end + weight.support
      + case when component.usage_trends is null then 0 else weight.usage end + weight.engagement as health_known,
    cast((weight.payment * coalesce(component.payment_history, 0) + weight.support * component.support_quality
      + weight.usage * coalesce(component.usage_trends, 0) + weight.engagement * component.engagement_score) * 100 as bigint) as health_points,
    case when component.churn_usage_decline is null then 0 else weight.decline end
      + case when component.churn_payment_issues is null then 0 else weight.issues end + weight.problems + weight.silence as churn_known,
    cast((weight.decline * coalesce(component.churn_usage_decline, 0) + weight.issues * coalesce(component.churn_payment_issues, 0)
      + weight.problems * component.churn_support_problems + weight.silence * component.churn_low_engagement) * 100 as bigint) as churn_points
  from silver.customer_360_component as component
  cross join weight
),
scored as (
  -- the same with the scores, to be judged as they are stored
  select
    subject_id,
    health_known * 0.01 as health_coverage,
    churn_known * 0.01 as churn_coverage,
    case when health_known >= minimum_coverage then ((2 * health_points + health_known) / nullif(2 * health_known, 0)) * 0.01 end as health_score,
    case when churn_known >= minimum_coverage then ((2 * churn_points + churn_known) / nullif(2 * churn_known, 0)) * 0.01 end as churn_risk_score
  from weighed
  cross join weight
)
select
  subject_id,
  health_score,
  case
    when health_score is null then 'Unknown'
    when health_score >= healthy_from then 'Healthy'
    when health_score >= at_risk_from then 'At-Risk'
    else 'Critical'
  end as health_status,
  health_coverage,
  churn_risk_score,
  case
    when churn_risk_score is null then 'Unknown'
    when churn_risk_score >= churn_high_from then 'HIGH'
    when churn_risk_score >= churn_medium_from then 'MEDIUM'
    else 'LOW'
  end as churn_risk_level,
  churn_coverage
from scored
cross join weight
