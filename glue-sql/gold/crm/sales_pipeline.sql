with deal as (
  -- one row per opportunity that counts
  select
    outcome.stage,
    outcome.forecast_category,
    coalesce(substr(cast(outcome.close_date as varchar), 1, 7), 'UNKNOWN') as close_month,
    outcome.amount,
    outcome.amount * outcome.probability as percent_amount,
    case
      when outcome.outcome = 'open' and outcome.created_on <= parameters.as_of
        then date_diff('day', outcome.created_on, parameters.as_of)
    end as age_days,
    case
      when outcome.outcome <> 'open' and outcome.created_on <= outcome.close_date
        then date_diff('day', outcome.created_on, outcome.close_date)
    end as cycle_days
  from silver.opportunity_outcome as outcome
  cross join run.parameters as parameters
),
measured as (
  -- one row per stage, category and month: what is divided, as integers
  select
    stage,
    forecast_category,
    close_month,
    count(*) as deals,
    sum(amount) as amount,
    sum(percent_amount) as percent_amount,
    cast(sum(age_days) as bigint) as age_days,
    count(age_days) as aged,
    cast(sum(cycle_days) as bigint) as cycle_days,
    count(cycle_days) as cycles
  from deal
  group by stage, forecast_category, close_month
)
select
  stage,
  forecast_category,
  close_month,
  deals as opportunity_count,
  amount,
  cast(percent_amount * 0.01 as decimal(18,2)) as weighted_amount,
  ((200 * age_days + aged) / nullif(2 * aged, 0)) * 0.01 as avg_age_days,
  ((200 * cycle_days + cycles) / nullif(2 * cycles, 0)) * 0.01 as avg_sales_cycle_days
from measured
