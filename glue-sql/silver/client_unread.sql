select
  file.source_file,
  unread._source_line as source_line,
  unread._raw as raw_record,
  unread._reasons as reasons
from quarantine.clients as unread
join silver.client_file as file
  on file.source_file = unread._source_file
  and file.extracted_at = unread._extracted_at
