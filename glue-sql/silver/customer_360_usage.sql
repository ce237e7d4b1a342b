with measured as (
  -- one row per subject with usage of the configured metric in either period, in hundredths
  select
    member.subject_id,
    cast(sum(case
      when usage.usage_date > date_add('day', -parameters.usage_days, parameters.as_of) then usage.quantity else 0
    end) * 100 as bigint) as recent,
    cast(sum(case
      when usage.usage_date <= date_add('day', -parameters.usage_days, parameters.as_of) then usage.quantity else 0
    end) * 100 as bigint) as previous
  from silver.usage as usage
  inner join silver.customer_360_member as member on member.account_id = usage.account_id
  cross join run.parameters as parameters
  where not usage.is_deleted
    and usage.metric = parameters.usage_metric
    and usage.usage_date > date_add('day', -2 * parameters.usage_days, parameters.as_of)
    and usage.usage_date <= parameters.as_of
  group by member.subject_id
)
select
  subject_id,
  recent * 0.01 as usage_recent,
  previous * 0.01 as usage_previous,
  case
    when previous > 0 then least(
      (20000 * (recent - previous) + sign(recent - previous) * previous) / (2 * previous),
      999999999
    ) * 0.01
    when recent > 0 then 100
  end as usage_change_90d
from measured
