select
  coalesce(standing.account_id, raised.account_id) as account_id,
  coalesce(standing.rule_id, raised.rule_id) as rule_id,
  raised.recommendation_id
from silver.recommendation_standing as standing
full outer join (
  select recommendation_id, account_id, rule_id from gold.recommendation where closed_on is null
) as raised on raised.account_id = standing.account_id and raised.rule_id = standing.rule_id
where raised.account_id is null or standing.account_id is null
