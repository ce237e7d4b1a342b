with series_month as (
  -- one row per series and month, in cents; a series is a customer, or a salesperson in one store
  select
    'CUSTOMER_MONTH' as anomaly_type,
    '' as store_id,
    customer_id as owner_id,
    sales_month,
    cast(total_sales * 100 as bigint) as cents
  from silver.customer_month
  union all
  select
    'SALESPERSON_MONTH' as anomaly_type,
    store_id,
    sales_person_id as owner_id,
    sales_month,
    cast(total_sales * 100 as bigint) as cents
  from silver.sales_person_month
),
series_order as (
  -- one row per series: its totals in order
  select anomaly_type, store_id, owner_id, count(*) as months, array_sort(array_agg(cents)) as totals
  from series_month
  group by anomaly_type, store_id, owner_id
),
series_median as (
  -- one row per series with a history that is long enough; of two middle values the lower one (nearest rank)
  select
    series_order.anomaly_type,
    series_order.store_id,
    series_order.owner_id,
    series_order.months,
    element_at(series_order.totals, (series_order.months + 1) / 2) as median
  from series_order
  cross join run.parameters as parameters
  where series_order.months >= parameters.anomaly_min_months
),
month_deviation as (
  -- one row per month of such a series: its distance from the median
  select
    series_month.anomaly_type,
    series_month.store_id,
    series_month.owner_id,
    series_month.sales_month,
    series_month.cents,
    series_median.months,
    series_median.median,
    abs(series_month.cents - series_median.median) as deviation
  from series_month
  inner join series_median
    on series_median.owner_id = series_month.owner_id
    and series_median.store_id = series_month.store_id
    and series_median.anomaly_type = series_month.anomaly_type
),
series_spread as (
  -- one row per series: the median of those distances
  select anomaly_type, store_id, owner_id, element_at(array_sort(array_agg(deviation)), (count(*) + 1) / 2) as mad
  from month_deviation
  group by anomaly_type, store_id, owner_id
)
select
  month_deviation.anomaly_type,
  month_deviation.store_id,
  month_deviation.owner_id,
  month_deviation.sales_month,
  month_deviation.cents * 0.01 as total_sales,
  month_deviation.months,
  month_deviation.median * 0.01 as median,
  series_spread.mad * 0.01 as mad,
  -- 0.6745 * deviation / mad, half a hundredth rounded up
  ((13490 * month_deviation.deviation + 100 * series_spread.mad) / nullif(200 * series_spread.mad, 0)) * 0.01 as score
from month_deviation
cross join run.parameters as parameters
inner join series_spread
  on series_spread.owner_id = month_deviation.owner_id
  and series_spread.store_id = month_deviation.store_id
  and series_spread.anomaly_type = month_deviation.anomaly_type
where
  (
    series_spread.mad > 0
    and 6745 * month_deviation.deviation > cast(parameters.anomaly_score * 10000 as bigint) * series_spread.mad
  )
  or (
    series_spread.mad = 0
    and 10000 * month_deviation.deviation > cast(parameters.anomaly_flat_percent * 100 as bigint) * abs(month_deviation.median)
  )
