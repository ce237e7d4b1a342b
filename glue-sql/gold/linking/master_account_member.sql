select
  coalesce(linked.master_account_id, name.account_id) as master_account_id,
  name.account_id,
  linked.link_confidence
from silver.account_name as name
left join silver.linked_account as linked on linked.account_id = name.account_id
