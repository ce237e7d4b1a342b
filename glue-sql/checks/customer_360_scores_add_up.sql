with weighed as (
  -- one row per account: each score times its coverage, and the sum of its weighted components
  select
    metrics.account_id,
    metrics.health_coverage,
    metrics.churn_coverage,
    metrics.health_score,
    metrics.churn_risk_score,
    parameters.minimum_coverage,
    coalesce(parameters.health_weight_payment_history * metrics.payment_history, 0)
      + parameters.health_weight_support_quality * metrics.support_quality
      + coalesce(parameters.health_weight_usage_trends * metrics.usage_trends, 0)
      + parameters.health_weight_engagement_score * metrics.engagement_score as health_points,
    coalesce(parameters.churn_weight_usage_decline * metrics.churn_usage_decline, 0)
      + coalesce(parameters.churn_weight_payment_issues * metrics.churn_payment_issues, 0)
      + parameters.churn_weight_support_problems * metrics.churn_support_problems
      + parameters.churn_weight_low_engagement * metrics.churn_low_engagement as churn_points
  from gold.customer_360_metrics as metrics
  cross join run.parameters as parameters
)
select account_id, health_score, health_points, health_coverage, churn_risk_score, churn_points, churn_coverage
from weighed
where abs(health_score * health_coverage - health_points) > 0.005 * health_coverage
  or abs(churn_risk_score * churn_coverage - churn_points) > 0.005 * churn_coverage
  or (health_score is null) <> (health_coverage < minimum_coverage)
  or (churn_risk_score is null) <> (churn_coverage < minimum_coverage)
