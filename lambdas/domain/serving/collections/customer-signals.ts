import { greatestFirst, jsonObject, listOf, newestFirst } from '../json-sql.ts';

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
export const alertsDocument = listOf('gold.risk_alert as alert', 'alert.account_id', alert, [
  newestFirst('alert.closed_on'),
  newestFirst('alert.raised_on'),
  'alert.alert_type',
]);

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
export const recommendationsDocument = listOf('gold.recommendation as each', 'each.account_id', recommendation, [
  newestFirst('each.closed_on'),
  urgency,
  greatestFirst('each.estimated_impact'),
  'each.rule_id',
]);

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
export const timelineDocument = listOf('gold.customer_timeline as event', 'event.account_id', event, [
  newestFirst('event.event_date'),
  'event.event_id',
]);
