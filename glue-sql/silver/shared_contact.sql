with reach as (
  -- one row per contact value of an account, once for each place where it stands
  select account_id, 'email' as kind, email as value
  from silver.contact
  where email is not null and account_id is not null and not is_deleted
  union all
  select account_id, 'phone' as kind, phone as value
  from silver.contact
  where phone is not null and account_id is not null and not is_deleted
  union all
  select account_id, 'phone' as kind, mobile_phone as value
  from silver.contact
  where mobile_phone is not null and account_id is not null and not is_deleted
  union all
  select account_id, 'phone' as kind, phone as value
  from silver.account
  where phone is not null and not is_deleted
),
shared as (
  -- one row per value that several accounts have
  select kind, value
  from reach
  group by kind, value
  having min(account_id) <> max(account_id)
)
select distinct reach.kind, reach.value, reach.account_id
from reach
inner join shared on shared.kind = reach.kind and shared.value = reach.value
