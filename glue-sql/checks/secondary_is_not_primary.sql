select secondary.client_key, secondary.territory_id
from gold.assignments_fact as secondary
join gold.assignments_fact as main
  on main.client_key = secondary.client_key
  and main.territory_id = secondary.territory_id
where secondary.is_current
  and secondary.assignment_type = 'SECONDARY'
  and main.is_current
  and main.assignment_type = 'PRIMARY'
