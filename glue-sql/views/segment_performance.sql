with segment as (
  -- one row per segment: money that will be divided is in cents
  select
    customer_segment,
    sum(total_revenue) as total_revenue,
    cast(sum(opportunity_count) as bigint) as won,
    cast(sum(lost_count) as bigint) as lost,
    sum(pipeline_amount) as pipeline_amount,
    cast(sum(open_count) as bigint) as open_count,
    cast(sum(account_count) as bigint) as accounts,
    count(*) as regions,
    cast(sum(total_revenue) * 100 as bigint) as won_cents
  from analytics.customer_segmentation
  group by customer_segment
)
select
  customer_segment,
  regions,
  accounts as account_count,
  total_revenue,
  won as opportunity_count,
  ((2 * won_cents + sign(won_cents) * won) / nullif(2 * won, 0)) * 0.01 as avg_deal_size,
  ((2 * won_cents + sign(won_cents) * accounts) / nullif(2 * accounts, 0)) * 0.01 as revenue_per_account,
  ((20000 * won + won + lost) / nullif(2 * (won + lost), 0)) * 0.01 as win_rate,
  pipeline_amount,
  open_count
from segment
