import type { Timeline } from '../../../../lambdas/api/contract/customer-signals.ts';
import { SeverityBadge } from '../../components/customer-status.tsx';
import { formatDay, formatMonth } from '../../format/dates.ts';
import { formatMoney } from '../../format/figures.ts';
import { eventKinds } from './event-kinds.ts';

type Event = Timeline['data'][number];

/** Events under the months that they fall into. */
export function TimelineEvents({ events }: { readonly events: readonly Event[] }) {
  const months = Map.groupBy(events, ({ event_date }) => event_date.slice(0, 7));
  return [...months].map(([month, ofMonth]) => (
    <section key={month} aria-label={formatMonth(month)}>
      <h3 className="border-b border-line bg-sunken px-4 py-1.5 text-xs font-medium text-muted">
        {formatMonth(month)}
      </h3>
      <ol className="divide-y divide-line border-b border-line">
        {ofMonth.map((event) => (
          <li key={event.event_id} className="px-4 py-2.5">
            <EventRow event={event} />
          </li>
        ))}
      </ol>
    </section>
  ));
}

function EventRow({ event }: { readonly event: Event }) {
  const kind = eventKinds.find((each) => each.kind === event.event_type);
  const Icon = kind?.icon;
  return (
    <div className="flex flex-wrap gap-x-3 gap-y-1">
      <p className="flex w-36 shrink-0 items-start gap-2 text-muted">
        {Icon === undefined ? null : <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />}
        <span className="sr-only">{kind?.title}</span>
        <time dateTime={event.event_date}>{formatDay(event.event_date)}</time>
      </p>
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium break-words">{event.title}</p>
        {event.description === null ? null : <p className="break-words text-muted">{event.description}</p>}
      </div>
      <div className="flex items-start gap-2">
        {event.severity === 'INFO' ? null : <SeverityBadge severity={event.severity} />}
        {event.related_amount === null ? null : (
          <span className="tabular-nums">{formatMoney(event.related_amount)}</span>
        )}
      </div>
    </div>
  );
}
