select
  account.account_id,
  account.name as account_name,
  coalesce(account.industry, 'UNKNOWN') as industry,
  coalesce(account.billing_country, 'UNKNOWN') as country,
  coalesce(account.billing_state, 'UNKNOWN') as state,
  coalesce(account.geographic_region, 'UNKNOWN') as region,
  case
    when account.customer_segment is not null then account.customer_segment
    when account.company_annual_revenue >= parameters.segment_enterprise_min_revenue then 'Enterprise'
    when account.company_annual_revenue >= parameters.segment_mid_market_min_revenue then 'Mid-Market'
    when account.company_annual_revenue is not null then 'SMB'
    else 'UNKNOWN'
  end as customer_segment,
  nullif(trim(regexp_replace(lower(account.name), '[^\p{L}\p{N}]+', ' ')), '') as name_key
from silver.account as account
cross join run.parameters as parameters
where not account.is_deleted
