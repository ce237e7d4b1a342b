with store_size as (
  -- one row per store
  select store_id, cast(sum(transactions) as bigint) as transactions
  from silver.sales_person_month
  group by store_id
),
store_place as (
  -- one row per store: the place of the percentile (nearest rank), counted from the largest transaction
  select
    store_size.store_id,
    store_size.transactions,
    store_size.transactions + 1
      - (store_size.transactions * cast(parameters.anomaly_transaction_percentile * 100 as bigint) + 9999) / 10000 as place
  from store_size
  cross join run.parameters as parameters
),
month_place as (
  -- one row per store, salesperson and month: its largest transaction, and that one's place among the store's
  select
    store_id,
    sales_person_id,
    sales_month,
    largest_transaction,
    row_number() over (partition by store_id order by largest_transaction desc) as place
  from silver.sales_person_month
),
store_floor as (
  -- one row per store: the n-th transaction is not below the n-th of these maxima, so what is below it needs no ranking
  select store_place.store_id, store_place.transactions, store_place.place, month_place.largest_transaction as amount
  from store_place
  left join month_place on month_place.store_id = store_place.store_id and month_place.place = store_place.place
),
high_month as (
  -- one row per store, salesperson and month that reaches the floor
  select month_place.store_id, month_place.sales_person_id, month_place.sales_month
  from month_place
  inner join store_floor on store_floor.store_id = month_place.store_id
  where store_floor.amount is null or month_place.largest_transaction >= store_floor.amount
),
numbered_transaction as (
  -- one row per transaction_id of a customer within such a month
  select line.store_id, sum(line.total_cost) as amount
  from silver.sales_line as line
  cross join run.parameters as parameters
  inner join high_month
    on high_month.store_id = line.store_id
    and high_month.sales_person_id = line.sales_person_id
    and high_month.sales_month = line.sales_month
  where line.transaction_id is not null and line.sales_date <= parameters.as_of
  group by line.store_id, line.sales_person_id, line.sales_month, line.customer_id, line.transaction_id
),
amount_count as (
  -- one row per store and amount, once for each kind of transaction
  select line.store_id, line.total_cost as amount, count(*) as transactions
  from silver.sales_line as line
  cross join run.parameters as parameters
  inner join store_floor on store_floor.store_id = line.store_id
  where line.transaction_id is null
    and line.sales_date <= parameters.as_of
    and (store_floor.amount is null or line.total_cost >= store_floor.amount)
  group by line.store_id, line.total_cost
  union all
  select store_id, amount, count(*) as transactions
  from numbered_transaction
  group by store_id, amount
),
amount_place as (
  -- the same rows, with the place of the last transaction of that amount
  select
    store_id,
    amount,
    sum(transactions) over (
      partition by store_id order by amount desc rows between unbounded preceding and current row
    ) as last_place
  from amount_count
)
select store_floor.store_id, max(store_floor.transactions) as transactions, max(amount_place.amount) as percentile
from amount_place
inner join store_floor on store_floor.store_id = amount_place.store_id
where amount_place.last_place >= store_floor.place
group by store_floor.store_id
