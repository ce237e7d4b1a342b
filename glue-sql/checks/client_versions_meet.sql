with neighbour as (
  -- one row per version, with the begin of the next one of its client
  select
    client_key,
    effective_from,
    effective_to,
    is_current,
    lead(effective_from) over (partition by client_key order by effective_from) as next_from
  from gold.client_dim
)
select client_key, effective_from, effective_to, is_current, next_from
from neighbour
where is_current <> (next_from is null)
  or is_current <> (effective_to is null)
  or effective_to <> next_from
  or effective_to <= effective_from
