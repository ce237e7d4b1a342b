with account as (
  -- one row
  select
    sum(clv_historical) as won,
    sum(pipeline_amount) as pipeline,
    sum(overdue_amount) as overdue
  from gold.customer_360_metrics
),
company as (
  -- one row
  select
    sum(clv_historical) as won,
    sum(pipeline_amount) as pipeline,
    sum(overdue_amount) as overdue
  from gold.master_360_metrics
)
select
  account.won,
  company.won as company_won,
  account.pipeline,
  company.pipeline as company_pipeline,
  account.overdue,
  company.overdue as company_overdue
from account
cross join company
where coalesce(account.won, 0) <> coalesce(company.won, 0)
  or coalesce(account.pipeline, 0) <> coalesce(company.pipeline, 0)
  or coalesce(account.overdue, 0) <> coalesce(company.overdue, 0)
