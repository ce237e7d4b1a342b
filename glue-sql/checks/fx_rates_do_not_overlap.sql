with neighbour as (
  -- one row per interval, with the begin of the next one of its currency
  select
    currency,
    valid_from,
    valid_until,
    lead(valid_from) over (partition by currency order by valid_from) as next_from
  from silver.fx_rate
)
select currency, valid_from, valid_until, next_from
from neighbour
where valid_until < valid_from or next_from <> date_add('day', 1, valid_until)
