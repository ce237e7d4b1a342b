select decision, account_id, reason
from silver.unfound_decision
