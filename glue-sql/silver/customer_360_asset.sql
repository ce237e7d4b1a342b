-- Twelfths of ten-thousandths of a dollar: whole for every interval that divides twelve, so that sums of thirds are exact.
select
  asset.asset_id,
  asset.account_id,
  asset.product_id,
  case
    when coalesce(asset.is_recurring, false) then cast(
      cast(coalesce(asset.price, 0) * 100 as bigint) * cast(coalesce(asset.quantity, 1) * 100 as bigint)
      * case asset.billing_frequency when 'week' then 52 when 'month' then 12 when 'year' then 1 else 0 end * 12
      / case when asset.billing_interval_count > 0 then asset.billing_interval_count else 1 end
    as bigint)
    else cast(0 as bigint)
  end as annual_twelfths
from silver.asset as asset
cross join run.parameters as parameters
where not asset.is_deleted
  and not coalesce(asset.is_competitor_product, false)
  and coalesce(asset.status, '') <> 'Obsolete'
  and asset.install_date <= parameters.as_of
  and (asset.usage_end_date is null or asset.usage_end_date > parameters.as_of)
