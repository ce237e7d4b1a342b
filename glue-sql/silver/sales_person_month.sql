with single_lines as (
  -- one row per store, salesperson and month: its lines without transaction_id, each a transaction by itself
  select
    line.store_id,
    line.sales_person_id,
    line.sales_month,
    sum(line.total_cost) as amount,
    count(*) as transactions,
    max(line.total_cost) as largest
  from silver.sales_line as line
  cross join run.parameters as parameters
  where line.transaction_id is null and line.sales_date <= parameters.as_of
  group by line.store_id, line.sales_person_id, line.sales_month
),
numbered_transaction as (
  -- one row per transaction_id of a customer within store, salesperson and month
  select line.store_id, line.sales_person_id, line.sales_month, sum(line.total_cost) as amount
  from silver.sales_line as line
  cross join run.parameters as parameters
  where line.transaction_id is not null and line.sales_date <= parameters.as_of
  group by line.store_id, line.sales_person_id, line.sales_month, line.customer_id, line.transaction_id
),
transaction_group as (
  -- both kinds, not yet added up
  select store_id, sales_person_id, sales_month, amount, transactions, largest
  from single_lines
  union all
  select store_id, sales_person_id, sales_month, amount, 1 as transactions, amount as largest
  from numbered_transaction
)
select
  store_id,
  sales_person_id,
  sales_month,
  sum(amount) as total_sales,
  sum(transactions) as transactions,
  max(largest) as largest_transaction
from transaction_group
group by store_id, sales_person_id, sales_month
