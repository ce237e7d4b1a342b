import { Link } from '@tanstack/react-router';
import { RefreshCw } from 'lucide-react';
import type { Territories } from '../../../../lambdas/api/contract/territories.ts';
import { useApi } from '../../api/use-api.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Meter } from '../../components/meter.tsx';
import { QueryPanel } from '../../components/panel.tsx';
import { ScrollArea } from '../../components/scroll-area.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatCount } from '../../format/figures.ts';

type Row = Territories['data'][number];

const shownTerritories = 200;

/** Regions down, segments across: where the clients are, and where somebody is missing. */
export function TerritoryMap() {
  const territories = useApi<Territories>('/api/territories', { limit: shownTerritories });
  return (
    <QueryPanel
      title="Map of the territories"
      definition="A territory is a region and a segment. Clients are those whose PRIMARY territory it is; the bar compares them with the largest territory."
      query={territories}
      height="h-96"
      isFlush
    >
      {({ data, page }) =>
        data.length === 0 ? (
          <EmptyState
            title="No territories"
            reason="No client file and no org has been read yet, or none of the territories is yours."
          />
        ) : (
          <>
            <Matrix rows={data} />
            {page.total > data.length ? (
              <p className="px-4 py-2 text-muted">
                The first {formatCount(data.length)} of {formatCount(page.total)} territories; the list below has all.
              </p>
            ) : null}
          </>
        )
      }
    </QueryPanel>
  );
}

function Matrix({ rows }: { readonly rows: readonly Row[] }) {
  const regions = [...new Set(rows.map(({ region }) => region))].toSorted();
  const count = (segment: string) => rows.filter((row) => row.segment === segment).length;
  // The segments of most regions first, so that full columns stand together.
  const segments = [...new Set(rows.map(({ segment }) => segment))].toSorted(
    (a, b) => count(b) - count(a) || (a < b ? -1 : 1),
  );
  const most = Math.max(...rows.map(({ clients }) => clients), 1);
  return (
    <ScrollArea label="Territories by region and segment">
      <table className="w-full border-collapse">
        <caption className="sr-only">Territories by region and segment</caption>
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            <th scope="col" className="px-4 py-2 text-left font-medium">
              Region
            </th>
            {segments.map((segment) => (
              <th key={segment} scope="col" className="px-2 py-2 text-left font-medium">
                {segment}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {regions.map((region) => (
            <tr key={region} className="border-b border-line last:border-b-0">
              <th scope="row" className="px-4 py-2 text-left align-top font-medium">
                {region}
              </th>
              {segments.map((segment) => (
                <td key={segment} className="px-2 py-2 align-top">
                  {rows
                    .filter((row) => row.region === region && row.segment === segment)
                    .map((row) => (
                      <Territory key={row.territory_id} row={row} most={most} />
                    ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

function Territory({ row, most }: { readonly row: Row; readonly most: number }) {
  return (
    <div className="min-w-28 space-y-1">
      <Link
        to="/territories/$id"
        params={{ id: row.territory_id } as never}
        className="font-medium hover:text-accent hover:underline"
      >
        {row.territory_id}
      </Link>
      <p className="text-xs text-muted tabular-nums">
        <span className="whitespace-nowrap">{named(row.clients, 'client')},</span>{' '}
        <span className="whitespace-nowrap">{named(row.advisors, 'advisor')}</span>
      </p>
      <Meter percent={(100 * row.clients) / most} />
      {row.clients_without_advisor > 0 ? (
        <StatusBadge tone="warn">{formatCount(row.clients_without_advisor)} without advisor</StatusBadge>
      ) : null}
      {row.changes > 0 ? (
        <StatusBadge tone="quiet" icon={RefreshCw}>
          {named(row.changes, 'change')}
        </StatusBadge>
      ) : null}
    </div>
  );
}

function named(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
