import { useParams } from '@tanstack/react-router';
import type { Territory } from '../../../../lambdas/api/contract/territories.ts';
import { useApi } from '../../api/use-api.ts';
import { CsvLink } from '../../components/csv-link.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { KpiCard } from '../../components/kpi-card.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { QueryContent, QueryPanel } from '../../components/panel.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatDay } from '../../format/dates.ts';
import { formatCount, formatShortMoney } from '../../format/figures.ts';
import { AlertList } from './capacity-alerts.tsx';
import { advisorColumns } from './columns.tsx';
import { ChangeList, ClientList } from './lists.tsx';

/** One territory: who works there, for whom, and what changed. */
export default function TerritoryPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const answer = useApi<Territory>(`/api/territories/${encodeURIComponent(id)}`);
  const territory = answer.data?.territory;
  return (
    <>
      <PageTitle
        title={`Territory ${id}`}
        subtitle={
          territory === undefined ? (
            'Its advisors and clients'
          ) : (
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
              {territory.region} · {territory.segment}
              {territory.owner_role === null ? '' : ` · ${territory.owner_role}`} · code issued on{' '}
              {formatDay(territory.issued_on)}
              {territory.is_active ? null : <StatusBadge tone="quiet">Closed to new clients</StatusBadge>}
            </span>
          )
        }
      />
      <div className="space-y-4">
        <QueryContent query={answer} height="h-24">
          {(data) => <Figures {...data} />}
        </QueryContent>
        {answer.error?.status === 404 ? null : (
          <>
            <QueryPanel title="Capacity alerts" query={answer} height="h-11" isFlush>
              {({ alerts }) => <AlertList alerts={alerts} />}
            </QueryPanel>
            <QueryPanel
              title="Advisors"
              definition="Who looks after clients here."
              actions={<CsvLink path="/api/advisors" query={{ territory_id: id }} name="advisors" />}
              query={answer}
              height="h-40"
              isFlush
            >
              {({ advisors }) =>
                advisors.length === 0 ? (
                  <EmptyState title="No advisors" reason="No client of this territory has an advisor." />
                ) : (
                  <SimpleTable
                    caption="Advisors of the territory"
                    columns={advisorColumns}
                    rows={advisors}
                    rowKey={({ advisor }) => advisor}
                  />
                )
              }
            </QueryPanel>
            <ChangeList territory={id} prefix="change_" />
            <ClientList territory={id} />
          </>
        )}
      </div>
    </>
  );
}

function Figures({ territory, changes_by_type: changes }: Territory) {
  return (
    <div className="grid grid-cols-1 gap-3 min-[22rem]:grid-cols-2 xl:grid-cols-4">
      <KpiCard
        label="Clients"
        value={formatCount(territory.clients)}
        definition="Clients whose PRIMARY territory it is; further ones have it as SECONDARY."
        note={`${formatCount(territory.secondary_clients)} more as secondary`}
      />
      <KpiCard
        label="Without advisor"
        value={formatCount(territory.clients_without_advisor)}
        definition="PRIMARY clients that nobody looks after."
        note={`${formatCount(territory.advisors)} advisors work here`}
      />
      <KpiCard
        label="Annual revenue"
        value={formatShortMoney(territory.revenue)}
        definition="PRIMARY clients' annual revenue; a dash where none has one."
        note={`priority A ${formatCount(territory.priority_a_clients)}, B ${formatCount(territory.priority_b_clients)}, C ${formatCount(territory.priority_c_clients)}`}
      />
      <KpiCard
        label="Changes"
        value={formatCount(territory.changes)}
        definition="Assignments that the last run began, changed or ended here."
        note={`${formatCount(changes.NEW)} new, ${formatCount(changes.CHANGED)} changed, ${formatCount(changes.REMOVED)} removed`}
      />
    </div>
  );
}
