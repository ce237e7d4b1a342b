with person_month as (
  -- one row per store, salesperson and month: money that will be divided is in cents
  select
    store_id,
    sales_person_id,
    sales_month,
    substr(sales_month, 1, 4) as sales_year,
    substr(cast(date_add('month', -1, cast(sales_month || '-01' as date)) as varchar), 1, 7) as preceding_month,
    total_sales,
    cast(total_sales * 100 as bigint) as cents,
    transactions,
    largest_transaction
  from silver.sales_person_month
),
compared_month as (
  -- the same rows beside their own history, their store and their salesperson
  select
    store_id,
    sales_person_id,
    sales_month,
    total_sales,
    cents,
    transactions,
    largest_transaction,
    lag(sales_month) over series is null as is_first_month,
    case when lag(sales_month) over series = preceding_month then lag(cents) over series end as previous_cents,
    sum(total_sales) over (
      partition by store_id, sales_person_id, sales_year
      order by sales_month
      rows between unbounded preceding and current row
    ) as year_to_date_sales,
    cast(sum(cents) over (partition by store_id, sales_person_id) as bigint) as all_cents,
    count(*) over (partition by store_id, sales_person_id) as active_months,
    cast(sum(cents) over (partition by store_id, sales_month) as bigint) as store_cents,
    dense_rank() over (partition by store_id, sales_month order by cents desc) as performance_rank,
    count(*) over (partition by store_id, sales_month, cents) as tied,
    min(sales_month) over (partition by sales_person_id) as first_sale_month,
    max(sales_month) over (partition by sales_person_id) as last_sale_month
  from person_month
  window series as (partition by store_id, sales_person_id order by sales_month)
),
run_constant as (
  -- one row: the percentage in ten-thousandths, the month after the last one that has ended
  select
    incentive_tie_rule as tie_rule,
    cast(incentive_percent * 10000 as bigint) as rate,
    substr(cast(date_add('day', 1, as_of) as varchar), 1, 7) as first_open_month
  from run.parameters
),
person_name as (
  -- one row per salesperson of the master data: a blank part is a missing part
  select id, nullif(trim(first_name), '') as first_name, nullif(trim(last_name), '') as last_name
  from silver.sales_person
)
select
  compared.store_id,
  compared.sales_person_id,
  coalesce(person.first_name || ' ' || person.last_name, person.first_name, person.last_name) as full_name,
  compared.sales_month,
  compared.total_sales,
  ((2 * all_cents + sign(all_cents) * active_months) / (2 * active_months)) * 0.01 as avg_sales_per_month,
  compared.performance_rank as top_performance_rank,
  case
    when performance_rank > 1 or cents <= 0 then 0
    when tied > 1 and tie_rule = 'none' then 0
    when tie_rule = 'split' then (2 * cents * rate + 1000000 * tied) / (2000000 * tied)
    else (2 * cents * rate + 1000000) / 2000000
  end * 0.01 as incentive,
  ((20000 * (cents - previous_cents) + sign(cents - previous_cents) * abs(previous_cents))
    / nullif(2 * previous_cents, 0)) * 0.01 as sales_growth_rate,
  case when not is_first_month then (cents - coalesce(previous_cents, 0)) * 0.01 end as month_over_month_variance,
  compared.year_to_date_sales,
  compared.first_sale_month,
  compared.last_sale_month,
  compared.transactions as total_transactions,
  ((2 * cents + sign(cents) * transactions) / (2 * transactions)) * 0.01 as avg_transaction_value,
  compared.largest_transaction as max_single_transaction,
  case when store_cents > 0 then ((20000 * cents + sign(cents) * store_cents) / (2 * store_cents)) * 0.01 end
    as sales_contribution_percentage,
  compared.sales_month < run_constant.first_open_month as is_final_month
from compared_month as compared
cross join run_constant
left join person_name as person on person.id = compared.sales_person_id
