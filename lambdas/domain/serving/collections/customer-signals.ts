import { jsonObject } from '../json-sql.ts';

const alert = jsonObject(
  {
    alert_id: 'text',
    account_id: 'text',
    alert_type: 'text',
    severity: 'text',
    metric: 'text',
    value: 'number',
    threshold: 'number',
    message: 'text',
    raised_on: 'day',
    closed_on: 'day',
  },
  'alert',
);
/** The ones that stand first, then the newest. */
export const alertsDocument = `select r.rank, ${alert} as body
from {ranked} as r join gold.risk_alert as alert on alert.account_id = r.key
order by r.rank, alert.closed_on desc nulls first, alert.raised_on desc, alert.alert_type`;

const recommendation = jsonObject(
  {
    recommendation_id: 'text',
    account_id: 'text',
    rule_id: 'text',
    priority: 'text',
    action: 'text',
    reason: 'text',
    expected_outcome: 'text',
    estimated_impact: 'number',
    status: 'text',
    raised_on: 'day',
    closed_on: 'day',
  },
  'each',
);
const urgency = "case each.priority when 'HIGH' then 1 when 'MEDIUM' then 2 else 3 end";
/** The ones that stand first, the most urgent of them first. */
export const recommendationsDocument = `select r.rank, ${recommendation} as body
from {ranked} as r join gold.recommendation as each on each.account_id = r.key
order by r.rank, each.closed_on desc nulls first, ${urgency}, each.estimated_impact desc, each.rule_id`;

/** Columns of an event, in the order in which a snapshot stores them. */
export const eventNames = [
  'event_id',
  'event_date',
  'event_type',
  'title',
  'description',
  'severity',
  'related_amount',
  'source_object',
  'source_id',
] as const;

/** All as text, which DuckDB turns into JSON at once. The id of an event begins with object and id: only the rest is stored. */
const event = `cast(to_json([${eventNames.map((name) => eventValue(name)).join(', ')}]) as varchar)`;

function eventValue(name: (typeof eventNames)[number]): string {
  if (name !== 'event_id') return `cast(event.${name} as varchar)`;
  const start = "event.source_object || ':' || event.source_id";
  return `case when starts_with(event.event_id, ${start}) then substr(event.event_id, length(${start}) + 1) else event.event_id end`;
}

/** Newest first. */
export const timelineDocument = `select r.rank, ${event} as body
from {ranked} as r join gold.customer_timeline as event on event.account_id = r.key
order by r.rank, event.event_date desc, event.event_id`;
