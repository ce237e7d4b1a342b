select client._source_file as source_file, max(client._file_date) as file_date
from bronze.client as client
cross join run.parameters as parameters
where client._file_date > parameters.as_of
group by client._source_file
