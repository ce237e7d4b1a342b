select
  account_id_a,
  account_id_b,
  rule,
  similarity,
  same_parent,
  shared_contact,
  confidence,
  merge_status,
  merge_reason,
  is_duplicate_suspect,
  evidence
from silver.account_pair
