with measured as (
  select count(*) as accounts, sum(clv_historical) as won, sum(pipeline_amount) as pipeline
  from gold.customer_360_metrics
),
expected as (
  select
    (select count(*) from silver.account_profile) as accounts,
    sum(case when outcome = 'won' then amount else 0 end) as won,
    sum(case when outcome = 'open' then amount else 0 end) as pipeline
  from silver.opportunity_outcome
  where account_id is not null
)
select
  measured.accounts,
  expected.accounts as expected_accounts,
  measured.won,
  expected.won as expected_won,
  measured.pipeline,
  expected.pipeline as expected_pipeline
from measured
cross join expected
where measured.accounts <> expected.accounts
  or coalesce(measured.won, 0) <> coalesce(expected.won, 0)
  or coalesce(measured.pipeline, 0) <> coalesce(expected.pipeline, 0)
