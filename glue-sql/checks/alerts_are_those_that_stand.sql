select
  coalesce(standing.account_id, alert.account_id) as account_id,
  coalesce(standing.alert_type, alert.alert_type) as alert_type,
  alert.alert_id
from silver.alert_standing as standing
full outer join (
  select alert_id, account_id, alert_type from gold.risk_alert where closed_on is null
) as alert on alert.account_id = standing.account_id and alert.alert_type = standing.alert_type
where alert.account_id is null or standing.account_id is null
