with newest as (
  -- one row: when the pipeline was last at work
  select max(finished_at) as finished_at
  from ops.run
),
source as (
  -- one row per source of data, and one for what readers see
  select
    'dataset' as source_kind,
    dataset as source,
    max(received_at) as last_arrived_at,
    max(case when status = 'PROCESSED' then updated_at end) as last_loaded_at
  from ops.file_status
  where dataset is not null
  group by dataset
  union all
  select
    'object' as source_kind,
    object as source,
    max(window_to) as last_arrived_at,
    max(case when status = 'EXTRACTED' then _closed_at end) as last_loaded_at
  from ops.extract_status
  group by object
  union all
  select
    'publication' as source_kind,
    'lake' as source,
    max(finished_at) as last_arrived_at,
    max(case when status in ('PUBLISHED', 'UNCHANGED') then finished_at end) as last_loaded_at
  from ops.run
)
select
  source.source_kind,
  source.source,
  source.last_arrived_at,
  source.last_loaded_at,
  date_diff('hour', source.last_loaded_at, newest.finished_at) as hours_behind
from source
cross join newest
