with service as (
  -- one row per subject with an active asset
  select
    member.subject_id,
    cast(sum(asset.annual_twelfths) as bigint) as annual_twelfths,
    count(distinct asset.product_id) as active_services
  from silver.customer_360_asset as asset
  inner join silver.customer_360_member as member on member.account_id = asset.account_id
  group by member.subject_id
),
agreement as (
  -- one row per subject with an activated contract; a contract without end has no expiry, whatever ended before
  select
    member.subject_id,
    max(contract.end_date) as last_end,
    bool_or(contract.end_date is null) as is_open_ended
  from silver.contract as contract
  inner join silver.customer_360_member as member on member.account_id = contract.account_id
  where not contract.is_deleted and contract.status in ('Activated', 'Expired')
  group by member.subject_id
),
either as (
  -- one row per subject with either
  select
    coalesce(service.subject_id, agreement.subject_id) as subject_id,
    coalesce(service.annual_twelfths, 0) as annual_twelfths,
    coalesce(service.active_services, 0) as active_services,
    case when not agreement.is_open_ended then date_diff('day', parameters.as_of, agreement.last_end) end as days_to_expiry,
    parameters.expired_for_days
  from service
  full outer join agreement on agreement.subject_id = service.subject_id
  cross join run.parameters as parameters
)
select
  subject_id,
  ((2 * annual_twelfths + sign(annual_twelfths) * 14400) / 28800) * 0.01 as mrr,
  ((2 * annual_twelfths + sign(annual_twelfths) * 1200) / 2400) * 0.01 as arr,
  active_services,
  case when days_to_expiry >= -expired_for_days then days_to_expiry end as days_to_expiry
from either
