import { z } from 'zod';
import { eventNames } from '../../domain/serving/collections/customer-signals.ts';
import { alertSchema, eventSchema } from '../contract/customer-signals.ts';
import { customerRowSchema } from '../contract/customers.ts';
import { ApiProblem } from '../http/problems.ts';
import { type Reply, type Route, type RouteRequest, sourceOf } from '../route.ts';
import { customerOf } from './customer-view.ts';
import { anyOf, equal, exportOf, listRoute } from './list-route.ts';
import { pageOf } from './page-of-rows.ts';

export const listCustomers = listRoute({
  collection: 'customer',
  filters: {
    health_status: anyOf('health_status'),
    churn_risk_level: anyOf('churn_risk_level'),
    industry: equal('industry'),
    customer_segment: equal('customer_segment'),
    region: equal('region'),
    country: equal('country'),
    territory_id: equal('territory_id'),
    advisor_email: equal('advisor_email'),
    master_account_id: equal('master_account_id'),
    has_alerts: some('open_alerts'),
    has_recommendations: some('open_recommendations'),
    expires_within_days: (days) => ({ column: 'days_to_expiry', from: 0, to: Number(days) }),
  },
  facets: [
    'industry',
    'customer_segment',
    'region',
    'country',
    'territory_id',
    'advisor_email',
    'health_status',
    'churn_risk_level',
  ],
  csv: { name: 'customers', row: customerRowSchema },
});

function some(column: string) {
  return (value: string | number) => (value === 'true' ? { column, from: 1 } : { column, to: 0 });
}

/** A document of a customer that the reader may see. Throws ApiProblem; whether a customer of others exists is not told. */
export function customerText(request: RouteRequest, part: string): string | null {
  const id = request.parameters.id ?? '';
  const { territories } = request.principal;
  const snapshot = request.snapshot();
  const text = snapshot.get('customer', id, part, territories);
  if (text === null && snapshot.get('customer', id, 'row', territories) === null) {
    throw new ApiProblem('not-found', 'There is no such customer, or not among yours.');
  }
  return text;
}

export const getCustomer: Route = {
  version: () => '',
  answer: (request) => {
    const snapshot = request.snapshot();
    const customer = customerOf(customerText(request, 'document') ?? '{}', snapshot, request.principal);
    return { body: JSON.stringify({ ...customer, source: sourceOf(snapshot) }) };
  },
};

const alertsSchema = z.array(alertSchema);
export const listAlerts: Route = {
  version: () => '',
  answer: (request) => {
    const alerts = alertsSchema.parse(JSON.parse(customerText(request, 'alerts') ?? '[]'));
    const { state = 'standing' } = request.query;
    const data = alerts.filter(({ closed_on }) => state === 'all' || (closed_on === null) === (state === 'standing'));
    return { body: JSON.stringify({ data, source: sourceOf(request.snapshot()) }) };
  },
};

type Event = z.infer<typeof eventSchema>;
export const listTimeline: Route = {
  version: () => '',
  answer: (request): Reply => {
    const { type, from, to } = request.query;
    const types = type === undefined ? null : new Set(String(type).split(','));
    const events = eventsOf(customerText(request, 'timeline')).filter(
      ({ event_type, event_date }) =>
        (types === null || types.has(event_type)) &&
        (from === undefined || event_date >= String(from)) &&
        (to === undefined || event_date <= String(to)),
    );
    if (request.wantsCsv) {
      return {
        body: exportOf('timeline', Object.keys(eventSchema.shape), [events.map((event) => JSON.stringify(event))]),
      };
    }
    return { body: JSON.stringify(pageOf(request, events)) };
  },
};

const storedEvents = z.array(z.array(z.string().nullable()));

function eventsOf(text: string | null): Event[] {
  return storedEvents.parse(JSON.parse(text ?? '[]')).map((values) => {
    const event = Object.fromEntries(eventNames.map((name, index) => [name, values[index] ?? null]));
    const start = `${event.source_object}:${event.source_id}`;
    const id = event.event_id ?? '';
    return {
      ...event,
      event_id: id === '' || id.startsWith(':') ? `${start}${id}` : id,
      related_amount: event.related_amount === null ? null : Number(event.related_amount),
    } as Event;
  });
}
