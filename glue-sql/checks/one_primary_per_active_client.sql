with assigned as (
  -- one row per client with a current PRIMARY
  select client_key, count(*) as primaries
  from gold.assignments_fact
  where is_current and assignment_type = 'PRIMARY'
  group by client_key
),
active as (
  -- one row per client who is served
  select client_key
  from gold.client_dim
  where is_current and is_active
)
select
  coalesce(active.client_key, assigned.client_key) as client_key,
  active.client_key is not null as is_active,
  coalesce(assigned.primaries, 0) as primaries
from active
full join assigned on assigned.client_key = active.client_key
where active.client_key is null or coalesce(assigned.primaries, 0) <> 1
