-- every account is a subject of its own, and every master of several accounts one more: their figures are made from all of them
select account_id as subject_id, account_id
from silver.account_profile
union all
select 'M:' || linked.master_account_id as subject_id, linked.account_id
from silver.linked_account as linked
