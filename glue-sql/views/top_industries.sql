with ranked as (
  -- one row per industry: money that will be divided is in cents
  select
    industry,
    total_revenue,
    opportunity_count,
    avg_deal_size,
    win_rate,
    pipeline_amount,
    open_count,
    account_count,
    cast(total_revenue * 100 as bigint) as won_cents,
    cast(sum(total_revenue) over () * 100 as bigint) as all_cents,
    row_number() over (order by total_revenue desc, industry) as revenue_rank
  from analytics.revenue_by_industry
)
select
  revenue_rank,
  industry,
  total_revenue,
  case when all_cents > 0 then ((20000 * won_cents + sign(won_cents) * all_cents) / (2 * all_cents)) * 0.01 end as revenue_share,
  opportunity_count,
  avg_deal_size,
  win_rate,
  pipeline_amount,
  open_count,
  account_count
from ranked
