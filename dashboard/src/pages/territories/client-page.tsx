import { Link, useParams } from '@tanstack/react-router';
import type { ClientHistory } from '../../../../lambdas/api/contract/territories.ts';
import { useApi } from '../../api/use-api.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { QueryPanel } from '../../components/panel.tsx';
import { RowsCsv } from '../../components/rows-csv.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { formatMoney, unknown } from '../../format/figures.ts';
import { assignmentColumns, decisionColumns, versionColumns } from './client-columns.tsx';
import { duplicateColumns, PlacementBadge } from './columns.tsx';
import { AdvisorLink, TerritoryLink } from './links.tsx';

/** One client: where it belongs and why, and how that came about. */
export default function ClientPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const answer = useApi<ClientHistory>(`/api/clients/${encodeURIComponent(id)}/history`);
  const client = answer.data?.client;
  return (
    <>
      <PageTitle title={client?.client_name ?? `Client ${id}`} subtitle={client === undefined ? 'Its history' : id} />
      <div className="space-y-4">
        <QueryPanel title="Where it belongs" query={answer} height="h-24">
          {(data) => <Placement {...data} />}
        </QueryPanel>
        {answer.error?.status === 404 ? null : (
          <>
            <QueryPanel
              title="Why"
              definition="Every rule that was looked at in the last assignment, in its order, winners and losers."
              actions={<RowsCsv rows={answer.data?.decisions} name="rules" />}
              query={answer}
              height="h-24"
              isFlush
            >
              {({ decisions }) =>
                decisions.length === 0 ? (
                  <EmptyState title="No decisions" reason="The client is not served, so no rule was asked." />
                ) : (
                  <SimpleTable
                    caption="Rules that were looked at"
                    columns={decisionColumns}
                    rows={decisions}
                    rowKey={({ decision, rank, rule_id, territory_id, advisor_email }) =>
                      [decision, rank, rule_id, territory_id, advisor_email].join(' ')
                    }
                  />
                )
              }
            </QueryPanel>
            <QueryPanel
              title="Assignments"
              definition="All of them, the current ones first."
              actions={<RowsCsv rows={answer.data?.assignments} name="assignments" />}
              query={answer}
              height="h-24"
              isFlush
            >
              {({ assignments }) =>
                assignments.length === 0 ? (
                  <EmptyState title="No assignments" reason="No territory has ever had this client." />
                ) : (
                  <SimpleTable
                    caption="Assignments of the client"
                    columns={assignmentColumns}
                    rows={assignments}
                    rowKey={({ effective_from, assignment_type, territory_id }) =>
                      [effective_from, assignment_type, territory_id].join(' ')
                    }
                  />
                )
              }
            </QueryPanel>
            <QueryPanel
              title="Versions"
              definition="What the source said, and from when on. A change of any of these columns begins a new version."
              actions={<RowsCsv rows={answer.data?.versions} name="versions" />}
              query={answer}
              height="h-24"
              isFlush
            >
              {({ versions }) => (
                <SimpleTable
                  caption="Versions of the client"
                  columns={versionColumns}
                  rows={versions.toReversed()}
                  rowKey={({ effective_from, change_reason }) => `${effective_from} ${change_reason}`}
                />
              )}
            </QueryPanel>
            <QueryPanel
              title="May be the same as"
              actions={<RowsCsv rows={answer.data?.duplicates} name="pairs" />}
              query={answer}
              height="h-24"
              isFlush
            >
              {({ duplicates }) =>
                duplicates.length === 0 ? (
                  <EmptyState title="No duplicates" reason="No other client has a name similar enough." />
                ) : (
                  <SimpleTable
                    caption="Pairs"
                    columns={duplicateColumns}
                    rows={duplicates}
                    rowKey={({ client_key_a, client_key_b }) => `${client_key_a} ${client_key_b}`}
                  />
                )
              }
            </QueryPanel>
          </>
        )}
      </div>
    </>
  );
}

function Placement({ client }: ClientHistory) {
  const source =
    client.source_system === 'salesforce' ? (
      <Link
        to="/customers/$id"
        params={{ id: client.client_key } as never}
        className="inline-block leading-6 text-accent hover:underline"
      >
        Salesforce account
      </Link>
    ) : (
      'Client files'
    );
  return (
    <Facts
      facts={[
        { term: 'Territory', value: <TerritoryLink id={client.territory_id} /> },
        { term: 'Advisor', value: <AdvisorLink email={client.advisor_email} /> },
        { term: 'Placement', value: <PlacementBadge status={client.status} /> },
        { term: 'Rule', value: client.assigned_by_rule ?? unknown },
        { term: 'Region', value: client.region ?? unknown },
        { term: 'Segment', value: client.segment ?? unknown },
        { term: 'Priority', value: client.client_priority },
        { term: 'Annual revenue', value: formatMoney(client.annual_revenue) },
        { term: 'Served', value: client.is_active ? 'yes' : 'no longer' },
        { term: 'Source', value: source },
      ]}
    />
  );
}
