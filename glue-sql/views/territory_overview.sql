with measured as (
  -- one row per territory, with or without clients
  select
    territory.territory_id,
    territory.region,
    territory.segment,
    territory.is_active,
    coalesce(summary.clients, 0) as clients,
    coalesce(summary.secondary_clients, 0) as secondary_clients,
    coalesce(summary.advisors, 0) as advisors,
    coalesce(summary.clients_without_advisor, 0) as clients_without_advisor,
    coalesce(summary.priority_a_clients, 0) as priority_a_clients,
    summary.revenue
  from analytics.territory_dim as territory
  left join analytics.territory_summary as summary on summary.territory_id = territory.territory_id
)
select
  territory_id,
  region,
  segment,
  is_active,
  clients,
  secondary_clients,
  advisors,
  ((200 * (clients - clients_without_advisor) + advisors) / nullif(2 * advisors, 0)) * 0.01 as clients_per_advisor,
  clients_without_advisor,
  ((20000 * clients_without_advisor + clients) / nullif(2 * clients, 0)) * 0.01 as without_advisor_share,
  priority_a_clients,
  revenue
from measured
