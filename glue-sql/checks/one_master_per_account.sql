with member as (
  -- one row per account under a master
  select account_id, count(*) as masters, min(master_account_id) as master_account_id
  from gold.master_account_member
  group by account_id
)
select
  coalesce(profile.account_id, member.account_id) as account_id,
  coalesce(member.masters, 0) as masters,
  master.account_id as master_account_id
from silver.account_profile as profile
full join member on member.account_id = profile.account_id
left join member as master
  on master.account_id = member.master_account_id and master.master_account_id = master.account_id
where profile.account_id is null or member.account_id is null or member.masters <> 1 or master.account_id is null
