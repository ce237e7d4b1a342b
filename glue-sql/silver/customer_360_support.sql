with milestone as (
  -- one row per milestone whose target lies in the window, judged as of as_of: what was completed later is still open
  select
    support_case.account_id,
    case
      when cast(milestone.completion_date as date) <= parameters.as_of
        then milestone.completion_date > milestone.target_date
      else cast(milestone.target_date as date) < parameters.as_of
    end as is_violated
  from silver.case_milestone as milestone
  inner join silver.support_case as support_case on support_case.case_id = milestone.case_id
  cross join run.parameters as parameters
  where not milestone.is_deleted
    and not support_case.is_deleted
    and cast(milestone.target_date as date) > date_add('day', -parameters.support_days, parameters.as_of)
    and cast(milestone.target_date as date) <= parameters.as_of
),
open_case as (
  -- one row per case that is open at as_of
  select
    support_case.account_id,
    case support_case.priority when 'High' then 3 when 'Medium' then 2 else 1 end as weight,
    coalesce(support_case.is_escalated, false) as is_escalated
  from silver.support_case as support_case
  cross join run.parameters as parameters
  where not support_case.is_deleted
    and coalesce(cast(support_case.created_date as date) <= parameters.as_of, true)
    and (not coalesce(support_case.is_closed, false) or cast(support_case.closed_date as date) > parameters.as_of)
),
promise as (
  -- one row per subject with a milestone due
  select
    member.subject_id,
    count(*) as milestones_due,
    count(case when milestone.is_violated then 1 end) as sla_breaches
  from milestone
  inner join silver.customer_360_member as member on member.account_id = milestone.account_id
  group by member.subject_id
),
backlog as (
  -- one row per subject with an open case
  select
    member.subject_id,
    cast(sum(open_case.weight) as bigint) as backlog_weight,
    count(case when open_case.is_escalated then 1 end) as escalated_cases
  from open_case
  inner join silver.customer_360_member as member on member.account_id = open_case.account_id
  group by member.subject_id
)
select
  coalesce(promise.subject_id, backlog.subject_id) as subject_id,
  coalesce(promise.milestones_due, 0) as milestones_due,
  coalesce(promise.sla_breaches, 0) as sla_breaches,
  coalesce(backlog.backlog_weight, 0) as backlog_weight,
  coalesce(backlog.escalated_cases, 0) as escalated_cases
from promise
full outer join backlog on backlog.subject_id = promise.subject_id
