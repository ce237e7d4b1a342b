with deal as (
  -- one row per group with an opportunity
  select
    country,
    state,
    region,
    cast(sum(case when outcome = 'won' then amount else 0 end) * 100 as bigint) as won_cents,
    count(case when outcome = 'won' then 1 end) as won,
    cast(sum(case when outcome = 'open' then amount else 0 end) * 100 as bigint) as open_cents,
    count(case when outcome = 'open' then 1 end) as open_deals,
    cast(sum(case when outcome = 'lost' then amount else 0 end) * 100 as bigint) as lost_cents,
    count(case when outcome = 'lost' then 1 end) as lost
  from silver.opportunity_outcome
  group by country, state, region
),
account_group as (
  -- one row per group with an account
  select country, state, region, count(*) as accounts
  from silver.account_profile
  group by country, state, region
),
measured as (
  -- one row per group with either
  select
    coalesce(deal.country, account_group.country) as country,
    coalesce(deal.state, account_group.state) as state,
    coalesce(deal.region, account_group.region) as region,
    coalesce(deal.won_cents, 0) as won_cents,
    coalesce(deal.won, 0) as won,
    coalesce(deal.open_cents, 0) as open_cents,
    coalesce(deal.open_deals, 0) as open_deals,
    coalesce(deal.lost_cents, 0) as lost_cents,
    coalesce(deal.lost, 0) as lost,
    coalesce(account_group.accounts, 0) as accounts
  from deal
  full outer join account_group
    on account_group.country = deal.country
    and account_group.state = deal.state
    and account_group.region = deal.region
)
select
  country,
  state,
  region,
  won_cents * 0.01 as total_revenue,
  won as opportunity_count,
  open_cents * 0.01 as pipeline_amount,
  open_deals as open_count,
  lost_cents * 0.01 as lost_amount,
  lost as lost_count,
  accounts as account_count,
  ((2 * won_cents + sign(won_cents) * won) / nullif(2 * won, 0)) * 0.01 as avg_deal_size,
  ((20000 * won + won + lost) / nullif(2 * (won + lost), 0)) * 0.01 as win_rate
from measured
