select
  store_id,
  sales_month,
  sum(sales_contribution_percentage) as percentage,
  count(*) as salespeople
from gold.sales_team_data_mart
where sales_contribution_percentage is not null
group by store_id, sales_month
having abs(sum(sales_contribution_percentage) - 100) > 0.005 * count(*)
