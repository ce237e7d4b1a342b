with total as (
  -- one row per table that adds up all sales up to as_of
  select 'silver.sales_line' as source, coalesce(sum(line.total_cost), 0) as total_sales
  from silver.sales_line as line
  cross join run.parameters as parameters
  where line.sales_date <= parameters.as_of
  union all
  select 'gold.customers_data_mart' as source, coalesce(sum(total_sales), 0) as total_sales
  from gold.customers_data_mart
  union all
  select 'gold.sales_team_data_mart' as source, coalesce(sum(total_sales), 0) as total_sales
  from gold.sales_team_data_mart
),
extremes as (
  -- one row
  select min(total_sales) as least, max(total_sales) as greatest_total from total
)
select total.source, total.total_sales
from total
cross join extremes
where extremes.least <> extremes.greatest_total
