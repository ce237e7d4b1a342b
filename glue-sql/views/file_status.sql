with dataset as (
  -- one row per dataset
  select
    coalesce(dataset, '(unknown)') as dataset,
    count(*) as files,
    count(case when status = 'PROCESSED' then 1 end) as files_processed,
    count(case when status = 'REJECTED' then 1 end) as files_rejected,
    count(case when status = 'DUPLICATE' then 1 end) as files_duplicate,
    count(case when status = 'COLLECTED' then 1 end) as files_waiting,
    cast(coalesce(sum(rows_read), 0) as bigint) as rows_read,
    cast(coalesce(sum(rows_loaded), 0) as bigint) as rows_loaded,
    cast(coalesce(sum(rows_quarantined), 0) as bigint) as rows_quarantined,
    max(received_at) as last_received_at
  from ops.file_status
  group by coalesce(dataset, '(unknown)')
)
select
  dataset,
  files,
  files_processed,
  files_rejected,
  files_duplicate,
  files_waiting,
  rows_read,
  rows_loaded,
  rows_quarantined,
  ((20000 * rows_quarantined + rows_read) / nullif(2 * rows_read, 0)) * 0.01 as error_rate,
  last_received_at
from dataset
