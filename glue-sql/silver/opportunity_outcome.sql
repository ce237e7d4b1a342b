with counted as (
  -- one row per opportunity that is not deleted
  select
    opportunity_id,
    account_id,
    coalesce(stage_name, 'UNKNOWN') as stage,
    coalesce(forecast_category, 'UNKNOWN') as forecast_category,
    case when coalesce(is_won, false) then 'won' when coalesce(is_closed, false) then 'lost' else 'open' end as outcome,
    coalesce(amount, 0) as amount,
    coalesce(probability, 0) as probability,
    close_date,
    cast(created_date as date) as created_on
  from silver.opportunity
  where not is_deleted
)
select
  counted.opportunity_id,
  profile.account_id,
  counted.stage,
  counted.forecast_category,
  counted.outcome,
  counted.amount,
  counted.probability,
  counted.close_date,
  counted.created_on,
  coalesce(profile.industry, '(unattributed)') as industry,
  coalesce(profile.country, '(unattributed)') as country,
  coalesce(profile.state, '(unattributed)') as state,
  coalesce(profile.region, '(unattributed)') as region,
  coalesce(profile.customer_segment, '(unattributed)') as customer_segment
from counted
cross join run.parameters as parameters
left join silver.account_profile as profile on profile.account_id = counted.account_id
where counted.outcome = 'open' or coalesce(counted.close_date <= parameters.as_of, true)
