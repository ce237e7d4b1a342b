import type { Timeline } from '../../../../lambdas/api/contract/customer-signals.ts';
import { useAddress } from '../../address.ts';
import { useApi } from '../../api/use-api.ts';
import { CsvLink } from '../../components/csv-link.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Pager } from '../../components/pager.tsx';
import { QueryPanel } from '../../components/panel.tsx';
import { formatCount } from '../../format/figures.ts';
import { TimelineEvents } from './timeline-events.tsx';
import { TimelineFilters } from './timeline-filters.tsx';

const pageEvents = 50;

/** What happened with the customer, newest first. */
export function TimelineTab({ accountId }: { readonly accountId: string }) {
  const { values, set } = useAddress();
  const path = `/api/customer/${encodeURIComponent(accountId)}/timeline`;
  const query = { type: values.type, from: values.from, to: values.to };
  const timeline = useApi<Timeline>(
    path,
    { ...query, limit: pageEvents, cursor: values.cursor },
    { keepsPrevious: true },
  );
  const change = (changes: Record<string, string | null>) => set({ cursor: null, ...changes });
  const isFiltered = Object.values(query).some((value) => value !== undefined);
  return (
    <QueryPanel
      title="Timeline"
      definition="Renewals, deals, cases, invoices, usage, activities and alerts of this account, from the records of the org."
      actions={
        <>
          <span role="status" className="text-muted tabular-nums">
            {timeline.data === undefined ? '' : `${formatCount(timeline.data.page.total)} events`}
          </span>
          <CsvLink path={path} query={query} name="events" />
        </>
      }
      query={timeline}
      height="h-[40rem]"
      isFlush
    >
      {({ data, page }) => (
        <>
          <TimelineFilters values={query} onChange={change} />
          {data.length === 0 ? (
            <EmptyState
              title={isFiltered ? 'No events match' : 'No events'}
              reason={
                isFiltered
                  ? 'Choose more kinds of events or a longer time.'
                  : 'The org has no deals, cases, invoices, usage or activities of this account.'
              }
            />
          ) : (
            <TimelineEvents events={data} />
          )}
          <Pager page={page} rows={data.length} cursor={values.cursor ?? ''} onTurn={(cursor) => change({ cursor })} />
        </>
      )}
    </QueryPanel>
  );
}
