with dated as (
  -- one row per opportunity that counts, of every subject that its account belongs to
  select
    member.subject_id,
    deal.outcome,
    deal.amount,
    deal.probability,
    deal.close_date,
    parameters.as_of,
    date_add('month', -12, parameters.as_of) as year_ago,
    date_add('month', -24, parameters.as_of) as two_years_ago,
    date_add('month', 12, parameters.as_of) as in_a_year,
    date_trunc('year', parameters.as_of) as new_year
  from silver.opportunity_outcome as deal
  inner join silver.customer_360_member as member on member.account_id = deal.account_id
  cross join run.parameters as parameters
),
summed as (
  -- one row per subject with an opportunity
  select
    subject_id,
    sum(case when outcome = 'won' and close_date > year_ago then amount else 0 end) as annual_revenue,
    sum(case when outcome = 'won' and close_date >= new_year then amount else 0 end) as revenue_ytd,
    sum(case when outcome = 'won' and close_date > two_years_ago and close_date <= year_ago then amount else 0 end) as previous_annual_revenue,
    sum(case when outcome = 'won' then amount else 0 end) as clv_historical,
    sum(case when outcome = 'open' and close_date >= as_of and close_date <= in_a_year then amount * probability else 0 end) as percent_projected,
    count(case when outcome = 'won' then 1 end) as won_count,
    count(case when outcome <> 'open' then 1 end) as closed_count,
    count(case when outcome = 'open' then 1 end) as open_opportunities,
    sum(case when outcome = 'open' then amount else 0 end) as pipeline_amount
  from dated
  group by subject_id
)
select
  subject_id,
  annual_revenue,
  revenue_ytd,
  previous_annual_revenue,
  clv_historical,
  cast(percent_projected * 0.01 as decimal(18,2)) as clv_projected,
  won_count,
  closed_count,
  open_opportunities,
  pipeline_amount
from summed
