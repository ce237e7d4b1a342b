with workload as (
  -- one row per level
  select
    level,
    count(*) as advisors,
    cast(sum(clients) as bigint) as clients,
    cast(sum(capacity) as bigint) as capacity,
    max(utilisation) as highest_utilisation
  from analytics.advisor_workload
  group by level
)
select
  level,
  advisors,
  clients,
  capacity,
  capacity - clients as free_capacity,
  ((20000 * clients + capacity) / nullif(2 * capacity, 0)) * 0.01 as utilisation,
  highest_utilisation
from workload
