with country as (
  -- one row per country and region: money that will be divided is in cents
  select
    country,
    region,
    sum(total_revenue) as total_revenue,
    sum(opportunity_count) as opportunity_count,
    sum(lost_count) as lost_count,
    sum(pipeline_amount) as pipeline_amount,
    sum(account_count) as account_count,
    count(*) as states
  from analytics.revenue_by_geography
  group by country, region
),
measured as (
  -- the same rows with what is divided as integers
  select
    country,
    region,
    total_revenue,
    pipeline_amount,
    account_count,
    states,
    cast(opportunity_count as bigint) as won,
    cast(lost_count as bigint) as lost,
    cast(total_revenue * 100 as bigint) as won_cents,
    cast(sum(total_revenue) over () * 100 as bigint) as all_cents
  from country
)
select
  row_number() over (order by total_revenue desc, country, region) as revenue_rank,
  country,
  region,
  states,
  total_revenue,
  case when all_cents > 0 then ((20000 * won_cents + sign(won_cents) * all_cents) / (2 * all_cents)) * 0.01 end as revenue_share,
  won as opportunity_count,
  ((20000 * won + won + lost) / nullif(2 * (won + lost), 0)) * 0.01 as win_rate,
  pipeline_amount,
  account_count
from measured
