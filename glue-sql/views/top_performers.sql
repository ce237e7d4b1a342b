select
  sales_month,
  store_id,
  top_performance_rank,
  sales_person_id,
  full_name,
  total_sales,
  sales_contribution_percentage,
  sales_growth_rate,
  year_to_date_sales,
  incentive,
  is_final_month
from analytics.sales_team_data_mart
where top_performance_rank <= 3
