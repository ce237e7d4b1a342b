with before as (
  -- one row per account and date of another run, numbered backwards from as_of; later ones are kept and compared with nothing
  select
    history.account_id,
    history.as_of,
    history.health_score,
    history.health_status,
    history.churn_risk_score,
    history.churn_risk_level,
    row_number() over (
      partition by history.account_id, history.as_of < parameters.as_of
      order by history.as_of desc
    ) as recency,
    history.as_of < parameters.as_of as is_earlier
  from previous.gold_customer_health_history as history
  cross join run.parameters as parameters
  where history.as_of <> parameters.as_of
)
select account_id, as_of, health_score, health_status, churn_risk_score, churn_risk_level
from before
union all
select
  metrics.account_id,
  parameters.as_of,
  metrics.health_score,
  metrics.health_status,
  metrics.churn_risk_score,
  metrics.churn_risk_level
from gold.customer_360_metrics as metrics
cross join run.parameters as parameters
left join before as latest on latest.account_id = metrics.account_id and latest.is_earlier and latest.recency = 1
where latest.account_id is null
  or metrics.health_score is distinct from latest.health_score
  or metrics.health_status <> latest.health_status
  or metrics.churn_risk_score is distinct from latest.churn_risk_score
  or metrics.churn_risk_level <> latest.churn_risk_level
