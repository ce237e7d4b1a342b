with happening as (
  -- one row per event of an account, whatever its date
  select
    'Opportunity:' || opportunity_id as event_id,
    account_id,
    close_date as event_date,
    'DEAL' as event_type,
    'Opportunity ' || outcome as title,
    stage as description,
    case when outcome = 'lost' then 'LOW' else 'INFO' end as severity,
    amount as related_amount,
    'Opportunity' as source_object,
    opportunity_id as source_id
  from silver.opportunity_outcome
  where outcome <> 'open'
  union all
  select
    'Contract:' || contract_id || ':start', account_id, start_date, 'RENEWAL', 'Contract begins',
    coalesce(contract_number, '') || ' until ' || coalesce(cast(end_date as varchar), 'further notice'),
    'INFO', cast(null as decimal(18,2)), 'Contract', contract_id
  from silver.contract
  where not is_deleted and status in ('Activated', 'Expired')
  union all
  select
    'Contract:' || contract_id || ':end', account_id, end_date, 'RENEWAL', 'Contract ends',
    coalesce(contract_number, ''), 'MEDIUM', cast(null as decimal(18,2)), 'Contract', contract_id
  from silver.contract
  where not is_deleted and status in ('Activated', 'Expired')
  union all
  select
    'Case:' || case_id || ':opened', account_id, cast(created_date as date), 'SUPPORT', 'Case opened',
    coalesce(subject, ''), case priority when 'High' then 'HIGH' when 'Medium' then 'MEDIUM' else 'LOW' end,
    cast(null as decimal(18,2)), 'Case', case_id
  from silver.support_case
  where not is_deleted
  union all
  select
    'Case:' || case_id || ':closed', account_id, cast(closed_date as date), 'SUPPORT', 'Case closed',
    coalesce(subject, ''), 'INFO', cast(null as decimal(18,2)), 'Case', case_id
  from silver.support_case
  where not is_deleted and is_closed
  union all
  select
    'Invoice__c:' || invoice_id || ':sent', account_id, invoice_date, 'BILLING', 'Invoice sent',
    coalesce(name, '') || ', due ' || coalesce(cast(due_date as varchar), 'at once'), 'INFO', amount, 'Invoice__c', invoice_id
  from silver.invoice
  where not is_deleted and status in ('Posted', 'Paid')
  union all
  select
    'Invoice__c:' || invoice_id || ':paid', account_id, paid_date, 'BILLING',
    case when status = 'Paid' then 'Invoice paid' else 'Invoice partly paid' end,
    coalesce(name, ''), 'INFO', paid_amount, 'Invoice__c', invoice_id
  from silver.invoice
  where not is_deleted and status in ('Posted', 'Paid')
  union all
  select
    'Invoice__c:' || overdue.invoice_id || ':overdue', overdue.account_id, date_add('day', 1, overdue.due_date), 'BILLING',
    'Invoice overdue', cast(overdue.open_days_late as varchar) || ' days late', 'MEDIUM',
    (overdue.amount_cents - overdue.paid_cents) * 0.01, 'Invoice__c', overdue.invoice_id
  from silver.customer_360_invoice as overdue
  where overdue.is_overdue
  union all
  select
    'Usage__c:' || usage.account_id || ':' || substr(cast(usage.usage_date as varchar), 1, 7), usage.account_id, max(usage.usage_date),
    'USAGE', 'Usage of the month', cast(cast(sum(usage.quantity) as decimal(18,2)) as varchar) || ' ' || usage.metric, 'INFO',
    cast(null as decimal(18,2)), 'Usage__c', max(usage.usage_id)
  from silver.usage as usage
  cross join run.parameters as parameters
  where not usage.is_deleted and usage.metric = parameters.usage_metric and usage.usage_date <= parameters.as_of
  group by usage.account_id, substr(cast(usage.usage_date as varchar), 1, 7), usage.metric
  union all
  select
    'Task:' || task_id, account_id, activity_date, 'ACTIVITY', coalesce(subject, 'Task'), coalesce(status, ''), 'INFO',
    cast(null as decimal(18,2)), 'Task', task_id
  from silver.task
  where not is_deleted and is_closed
  union all
  select
    'Event:' || event_id, account_id, activity_date, 'ACTIVITY', coalesce(subject, 'Event'), coalesce(location, ''), 'INFO',
    cast(null as decimal(18,2)), 'Event', event_id
  from silver.event
  where not is_deleted
  union all
  select
    'Alert:' || alert_id || ':raised', account_id, raised_on, 'ALERT', 'Alert raised: ' || alert_type, message, severity,
    cast(null as decimal(18,2)), 'Alert', alert_id
  from gold.risk_alert
  union all
  select
    'Alert:' || alert_id || ':closed', account_id, closed_on, 'ALERT', 'Alert closed: ' || alert_type, message, 'INFO',
    cast(null as decimal(18,2)), 'Alert', alert_id
  from gold.risk_alert
  where closed_on is not null
)
select
  happening.event_id,
  happening.account_id,
  happening.event_date,
  happening.event_type,
  happening.title,
  happening.description,
  happening.severity,
  happening.related_amount,
  happening.source_object,
  happening.source_id
from happening
inner join silver.account_profile as account on account.account_id = happening.account_id
cross join run.parameters as parameters
where happening.event_date <= parameters.as_of
