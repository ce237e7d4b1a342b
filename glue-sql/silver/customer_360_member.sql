select account_id as subject_id, account_id
from silver.account_profile
