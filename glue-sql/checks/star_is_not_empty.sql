with amount as (
  -- one row
  select
    (select count(*) from gold.client_dim where is_current and is_active) as clients,
    (select count(*) from gold.territory_dim) as territories,
    (select count(*) from gold.assignments_fact where is_current) as assignments
)
select clients, territories, assignments
from amount
where clients > 0 and (territories = 0 or assignments = 0)
