with month as (
  -- one row per month: money that will be divided is in millionths of a dollar
  select
    date_format(started_at, '%Y-%m') as run_month,
    count(*) as runs,
    count(case when status = 'PUBLISHED' then 1 end) as published_runs,
    count(case when status in ('FAILED', 'HALTED', 'INTERRUPTED') then 1 end) as failed_runs,
    sum(cost_usd) as cost_usd,
    cast(sum(cost_usd) * 1000000 as bigint) as micro_usd,
    count(cost_usd) as costed_runs,
    sum(seconds) as seconds,
    sum(rows_loaded) as rows_loaded,
    sum(bytes_written) as bytes_written
  from ops.run
  group by date_format(started_at, '%Y-%m')
)
select
  run_month,
  runs,
  published_runs,
  failed_runs,
  cost_usd,
  ((2 * micro_usd + costed_runs) / nullif(2 * costed_runs, 0)) * 0.000001 as avg_cost_usd,
  seconds,
  rows_loaded,
  bytes_written
from month
