select account_id_a, account_id_b
from gold.account_link
where account_id_a >= account_id_b
