with neighbour as (
  -- one row per assignment, with the begin of the next one in its place: a client has one PRIMARY, and each SECONDARY territory once
  select
    client_key,
    assignment_type,
    territory_id,
    effective_from,
    effective_to,
    is_current,
    lead(effective_from) over (
      partition by client_key, assignment_type, case when assignment_type = 'SECONDARY' then territory_id end
      order by effective_from
    ) as next_from
  from gold.assignments_fact
)
select client_key, assignment_type, territory_id, effective_from, effective_to, is_current, next_from
from neighbour
where is_current <> (effective_to is null)
  or effective_to <= effective_from
  or next_from < effective_to
  or (is_current and next_from is not null)
