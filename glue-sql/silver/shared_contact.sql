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
repeated as (
  -- one row per value that stands in several places: few, and cheaply found among millions
  select kind, value
  from reach
  group by kind, value
  having count(*) > 1
),
holder as (
  -- one row per account and repeated value
  select distinct reach.kind, reach.value, reach.account_id
  from reach
  inner join repeated on repeated.kind = reach.kind and repeated.value = reach.value
),
shared as (
  -- one row per value that several accounts have
  select kind, value
  from holder
  group by kind, value
  having count(*) > 1
)
select holder.kind, holder.value, holder.account_id
from holder
inner join shared on shared.kind = holder.kind and shared.value = holder.value
