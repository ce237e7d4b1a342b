select
  store_id,
  sales_month,
  min(top_performance_rank) as best_rank,
  count(case when incentive <> 0 and (top_performance_rank > 1 or total_sales <= 0) then 1 end) as undue_incentives
from gold.sales_team_data_mart
group by store_id, sales_month
having min(top_performance_rank) <> 1
  or count(case when incentive <> 0 and (top_performance_rank > 1 or total_sales <= 0) then 1 end) > 0
