select link.account_id_a, link.account_id_b, link.merge_status
from gold.account_link as link
inner join gold.master_account_member as a on a.account_id = link.account_id_a
inner join gold.master_account_member as b on b.account_id = link.account_id_b
where (link.merge_status = 'merged' and a.master_account_id <> b.master_account_id)
  or (link.merge_status = 'refused' and a.master_account_id = b.master_account_id)
