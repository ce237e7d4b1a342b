with activity as (
  -- one row per activity that was completed up to as_of; an event is completed when its day has come
  select task.account_id, task.activity_date
  from silver.task as task
  where not task.is_deleted and coalesce(task.is_closed, false)
  union all
  select event.account_id, event.activity_date
  from silver.event as event
  where not event.is_deleted
),
counted as (
  -- one row per subject with such an activity
  select
    member.subject_id,
    date_diff('day', max(activity.activity_date), max(parameters.as_of)) as days_since_activity,
    count(case
      when activity.activity_date > date_add('day', -parameters.activity_days, parameters.as_of) then 1
    end) as activities,
    max(parameters.activity_days) as days,
    max(parameters.activity_target) as target,
    cast(max(parameters.engagement_weight_recency) * 10000 as bigint) as recency_weight,
    cast(max(parameters.engagement_weight_volume) * 10000 as bigint) as volume_weight
  from activity
  inner join silver.customer_360_member as member on member.account_id = activity.account_id
  cross join run.parameters as parameters
  where activity.activity_date <= parameters.as_of
  group by member.subject_id
)
select
  subject_id,
  days_since_activity,
  activities,
  ((2 * (recency_weight * greatest(days - days_since_activity, 0) * target + volume_weight * least(activities, target) * days)
    + days * target) / (2 * days * target)) * 0.01 as engagement_score
from counted
