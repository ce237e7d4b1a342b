with person_year as (
  -- one row per store, salesperson and calendar year
  select
    store_id,
    sales_person_id,
    substr(sales_month, 1, 4) as sales_year,
    max(sales_month) as last_month,
    sum(total_sales) as total_sales
  from gold.sales_team_data_mart
  group by store_id, sales_person_id, substr(sales_month, 1, 4)
)
select
  person_year.store_id,
  person_year.sales_person_id,
  person_year.sales_year,
  person_year.total_sales,
  mart.year_to_date_sales
from person_year
inner join gold.sales_team_data_mart as mart
  on mart.store_id = person_year.store_id
  and mart.sales_person_id = person_year.sales_person_id
  and mart.sales_month = person_year.last_month
where mart.year_to_date_sales is distinct from person_year.total_sales
