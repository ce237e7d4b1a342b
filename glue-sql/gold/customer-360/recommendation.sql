with before as (
  -- one row per recommendation raised up to as_of; what ended on this day or later is judged again by this run
  select
    known.recommendation_id,
    known.account_id,
    known.rule_id,
    known.priority,
    known.action,
    known.reason,
    known.expected_outcome,
    known.estimated_impact,
    case when known.status = 'expired' and known.closed_on >= parameters.as_of then 'open' else known.status end as status,
    known.raised_on,
    case when known.closed_on < parameters.as_of then known.closed_on end as closed_on
  from previous.gold_recommendation as known
  cross join run.parameters as parameters
  where known.raised_on <= parameters.as_of
),
judged as (
  -- one row per recommendation that stood before, stands now, or both
  select
    coalesce(standing.account_id, stood.account_id) as account_id,
    coalesce(standing.rule_id, stood.rule_id) as rule_id,
    coalesce(standing.priority, stood.priority) as priority,
    coalesce(standing.action, stood.action) as action,
    coalesce(standing.reason, stood.reason) as reason,
    coalesce(standing.expected_outcome, stood.expected_outcome) as expected_outcome,
    coalesce(standing.estimated_impact, stood.estimated_impact) as estimated_impact,
    coalesce(stood.status, 'open') as status,
    coalesce(stood.raised_on, parameters.as_of) as raised_on,
    case when standing.account_id is null then parameters.as_of end as closed_on
  from silver.recommendation_standing as standing
  full outer join (
    select account_id, rule_id, priority, action, reason, expected_outcome, estimated_impact, status, raised_on
    from before
    where closed_on is null
  ) as stood on stood.account_id = standing.account_id and stood.rule_id = standing.rule_id
  cross join run.parameters as parameters
),
every_recommendation as (
  -- one row per recommendation, whether it ended before or not
  select
    recommendation_id, account_id, rule_id, priority, action, reason, expected_outcome, estimated_impact, status, raised_on, closed_on
  from before
  where closed_on is not null
  union all
  select
    account_id || '_' || rule_id || '_' || cast(raised_on as varchar) as recommendation_id,
    account_id, rule_id, priority, action, reason, expected_outcome, estimated_impact, status, raised_on, closed_on
  from judged
)
select
  every_recommendation.recommendation_id,
  every_recommendation.account_id,
  every_recommendation.rule_id,
  every_recommendation.priority,
  every_recommendation.action,
  every_recommendation.reason,
  every_recommendation.expected_outcome,
  every_recommendation.estimated_impact,
  case
    when decided.status is not null then decided.status
    when every_recommendation.closed_on is not null and every_recommendation.status = 'open' then 'expired'
    else every_recommendation.status
  end as status,
  every_recommendation.raised_on,
  every_recommendation.closed_on
from every_recommendation
left join silver.recommendation_decision as decided on decided.recommendation_id = every_recommendation.recommendation_id
