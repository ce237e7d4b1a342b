select
  issued.territory_id,
  issued.region as region_before,
  issued.segment as segment_before,
  territory.region,
  territory.segment
from previous.gold_territory_dim as issued
left join gold.territory_dim as territory
  on territory.territory_id = issued.territory_id
where territory.territory_id is null
  or territory.region <> issued.region
  or territory.segment <> issued.segment
