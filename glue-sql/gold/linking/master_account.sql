with company as (
  -- one row per master
  select
    member.master_account_id,
    count(*) as account_count,
    array_join(array_agg(member.account_id order by member.account_id), ', ') as account_ids,
    min(member.link_confidence) as link_confidence,
    max(linked.report) as report
  from gold.master_account_member as member
  left join silver.linked_account as linked on linked.account_id = member.account_id
  group by member.master_account_id
)
select
  company.master_account_id,
  profile.account_name as name,
  company.account_count,
  company.account_ids,
  company.link_confidence,
  company.report
from company
inner join silver.account_profile as profile on profile.account_id = company.master_account_id
