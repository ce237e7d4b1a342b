-- The one pass over all lines that the customer tables share. Lines without transaction_id are transactions by themselves and
-- counted here; numbered transactions may span months. Days are counted as bits of a set: far cheaper than distinct dates.
select
  line.customer_id,
  line.sales_month,
  sum(line.total_cost) as total_sales,
  min(line.sales_date) as first_purchase_date,
  max(line.sales_date) as last_purchase_date,
  bit_count(
    bitwise_or_agg(bitwise_left_shift(cast(1 as bigint), cast(day(line.sales_date) as integer))),
    64
  ) as purchase_days,
  count(case when line.transaction_id is null then 1 end) as single_lines,
  max(case when line.transaction_id is null then line.total_cost end) as largest_single_line
from silver.sales_line as line
cross join run.parameters as parameters
where line.sales_date <= parameters.as_of
group by line.customer_id, line.sales_month
order by line.customer_id, line.sales_month
