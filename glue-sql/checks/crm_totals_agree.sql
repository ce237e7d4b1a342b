with total as (
  -- one row per way to add up all opportunities that count
  select
    'silver.opportunity' as source,
    coalesce(sum(opportunity.amount), 0) as amount,
    count(*) as deals
  from silver.opportunity as opportunity
  cross join run.parameters as parameters
  where not opportunity.is_deleted
    and (
      not (coalesce(opportunity.is_won, false) or coalesce(opportunity.is_closed, false))
      or coalesce(opportunity.close_date <= parameters.as_of, true)
    )
  union all
  select
    'gold.revenue_by_industry' as source,
    coalesce(sum(total_revenue + pipeline_amount + lost_amount), 0) as amount,
    coalesce(cast(sum(opportunity_count + open_count + lost_count) as bigint), 0) as deals
  from gold.revenue_by_industry
  union all
  select
    'gold.revenue_by_geography' as source,
    coalesce(sum(total_revenue + pipeline_amount + lost_amount), 0) as amount,
    coalesce(cast(sum(opportunity_count + open_count + lost_count) as bigint), 0) as deals
  from gold.revenue_by_geography
  union all
  select
    'gold.customer_segmentation' as source,
    coalesce(sum(total_revenue + pipeline_amount + lost_amount), 0) as amount,
    coalesce(cast(sum(opportunity_count + open_count + lost_count) as bigint), 0) as deals
  from gold.customer_segmentation
  union all
  select
    'gold.sales_pipeline' as source,
    coalesce(sum(amount), 0) as amount,
    coalesce(cast(sum(opportunity_count) as bigint), 0) as deals
  from gold.sales_pipeline
),
extremes as (
  -- one row
  select
    min(amount) as least_amount,
    max(amount) as greatest_amount,
    min(deals) as least_deals,
    max(deals) as greatest_deals
  from total
)
select total.source, total.amount, total.deals
from total
cross join extremes
where extremes.least_amount <> extremes.greatest_amount or extremes.least_deals <> extremes.greatest_deals
