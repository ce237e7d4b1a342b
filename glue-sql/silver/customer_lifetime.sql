with numbered_transaction as (
  -- one row per customer and transaction_id
  select line.customer_id, line.transaction_id, sum(line.total_cost) as amount
  from silver.sales_line as line
  cross join run.parameters as parameters
  where line.transaction_id is not null and line.sales_date <= parameters.as_of
  group by line.customer_id, line.transaction_id
),
customer_numbered as (
  -- one row per customer who has numbered transactions
  select customer_id, count(*) as transactions, max(amount) as largest
  from numbered_transaction
  group by customer_id
),
customer_history as (
  -- one row per customer: all months together
  select
    customer_id,
    sum(total_sales) as lifetime_value,
    min(sales_month) as first_purchase_month,
    max(sales_month) as last_purchase_month,
    min(first_purchase_date) as first_purchase_date,
    max(last_purchase_date) as last_purchase_date,
    count(*) as active_months,
    sum(purchase_days) as purchase_days,
    sum(single_lines) as single_lines,
    max(largest_single_line) as largest_single_line
  from silver.customer_month
  group by customer_id
)
select
  history.customer_id,
  history.lifetime_value,
  history.first_purchase_month,
  history.last_purchase_month,
  history.first_purchase_date,
  history.last_purchase_date,
  history.active_months,
  history.purchase_days,
  history.single_lines + coalesce(numbered.transactions, 0) as transactions,
  greatest(
    coalesce(history.largest_single_line, numbered.largest),
    coalesce(numbered.largest, history.largest_single_line)
  ) as largest_transaction
from customer_history as history
left join customer_numbered as numbered on numbered.customer_id = history.customer_id
