with fresh as (
  -- one row: the date of the earliest file that the clients' history does not have yet; null without one
  select min(file.file_date) as first_date
  from silver.client_file as file
  left join previous.silver_client_file as folded
    on folded.source_file = file.source_file
    and folded.extracted_at = file.extracted_at
  where folded.source_file is null
)
select
  file.source_file,
  client._source_line as source_line,
  file.file_date,
  client.client_id as client_key,
  client.client_name,
  client.region,
  client.segment,
  client.parent_org,
  client.advisor_email as primary_advisor_email,
  client.annual_revenue,
  coalesce(client.is_active, true) as is_active
from bronze.client as client
join silver.client_file as file
  on file.source_file = client._source_file
  and file.extracted_at = client._extracted_at
cross join fresh
where file.file_date >= fresh.first_date
