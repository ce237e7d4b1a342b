with before as (
  -- one row per alert raised up to as_of; what was closed on this day or later is open again, for this run to judge
  select
    alert.alert_id,
    alert.account_id,
    alert.alert_type,
    alert.severity,
    alert.metric,
    alert.value,
    alert.threshold,
    alert.message,
    alert.raised_on,
    case when alert.closed_on < parameters.as_of then alert.closed_on end as closed_on
  from previous.gold_risk_alert as alert
  cross join run.parameters as parameters
  where alert.raised_on <= parameters.as_of
),
ended as (
  -- one row per alert that was closed before
  select alert_id, account_id, alert_type, severity, metric, value, threshold, message, raised_on, closed_on
  from before
  where closed_on is not null
),
judged as (
  -- one row per alert that stood before, stands now, or both: the newer values, and when it began and ended
  select
    coalesce(standing.account_id, stood.account_id) as account_id,
    coalesce(standing.alert_type, stood.alert_type) as alert_type,
    coalesce(standing.severity, stood.severity) as severity,
    coalesce(standing.metric, stood.metric) as metric,
    coalesce(standing.value, stood.value) as value,
    coalesce(standing.threshold, stood.threshold) as threshold,
    coalesce(standing.message, stood.message) as message,
    coalesce(stood.raised_on, parameters.as_of) as raised_on,
    case when standing.account_id is null then parameters.as_of end as closed_on
  from silver.alert_standing as standing
  full outer join (
    select account_id, alert_type, severity, metric, value, threshold, message, raised_on from before where closed_on is null
  ) as stood on stood.account_id = standing.account_id and stood.alert_type = standing.alert_type
  cross join run.parameters as parameters
)
select alert_id, account_id, alert_type, severity, metric, value, threshold, message, raised_on, closed_on
from ended
union all
select
  account_id || '_' || alert_type || '_' || cast(raised_on as varchar) as alert_id,
  account_id,
  alert_type,
  severity,
  metric,
  value,
  threshold,
  message,
  raised_on,
  closed_on
from judged
