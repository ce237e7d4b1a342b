with forecast as (
  -- one row per close month and forecast category
  select
    close_month,
    forecast_category,
    sum(opportunity_count) as opportunity_count,
    sum(amount) as amount,
    sum(weighted_amount) as weighted_amount
  from analytics.sales_pipeline
  group by close_month, forecast_category
)
select
  close_month,
  forecast_category,
  opportunity_count,
  amount,
  weighted_amount,
  sum(weighted_amount) over (
    partition by forecast_category
    order by close_month
    rows between unbounded preceding and current row
  ) as weighted_amount_to_date
from forecast
