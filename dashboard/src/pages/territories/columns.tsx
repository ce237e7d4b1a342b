import { GitMerge } from 'lucide-react';
import type { Advisors, ClientDuplicates, Clients, Territories } from '../../../../lambdas/api/contract/territories.ts';
import type { Column } from '../../components/columns.ts';
import { SeverityBadge } from '../../components/customer-status.tsx';
import { Meter } from '../../components/meter.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import { formatDay } from '../../format/dates.ts';
import { formatCount, formatMoney, formatPercent, unknown } from '../../format/figures.ts';
import { AdvisorLink, ClientLink, TerritoryLink } from './links.tsx';

type AdvisorRow = Advisors['data'][number];

export const territoryColumns: readonly Column<Territories['data'][number]>[] = [
  {
    name: 'territory_id',
    title: 'Territory',
    isSortable: true,
    isRowName: true,
    cell: (row) => <TerritoryLink id={row.territory_id} />,
  },
  { name: 'region', title: 'Region', className: 'whitespace-nowrap', cell: (row) => row.region },
  { name: 'segment', title: 'Segment', className: 'whitespace-nowrap', cell: (row) => row.segment },
  { name: 'owner_role', title: 'Answers for it', cell: (row) => row.owner_role ?? unknown },
  {
    name: 'clients',
    title: 'Clients',
    definition: 'Clients whose PRIMARY territory it is.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatCount(row.clients),
  },
  {
    name: 'priorities',
    title: 'A / B / C',
    definition: 'PRIMARY clients by their priority.',
    isFigure: true,
    cell: (row) =>
      [row.priority_a_clients, row.priority_b_clients, row.priority_c_clients]
        .map((each) => formatCount(each))
        .join(' / '),
  },
  { name: 'advisors', title: 'Advisors', isFigure: true, cell: (row) => formatCount(row.advisors) },
  {
    name: 'clients_without_advisor',
    title: 'Without advisor',
    definition: 'PRIMARY clients that nobody looks after.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatCount(row.clients_without_advisor),
  },
  {
    name: 'revenue',
    title: 'Annual revenue',
    definition: "PRIMARY clients' annual revenue; a dash where none has one.",
    isSortable: true,
    isFigure: true,
    cell: (row) => formatMoney(row.revenue),
  },
  {
    name: 'changes',
    title: 'Changes',
    definition: 'Assignments that the last run began, changed or ended here.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatCount(row.changes),
  },
];

const loadTones: Readonly<Record<AdvisorRow['level'], Tone>> = { High: 'bad', Medium: 'warn', Low: 'good' };
const meterTones = { High: 'bad', Medium: 'warn', Low: 'good' } as const;

export const advisorColumns: readonly Column<AdvisorRow>[] = [
  {
    name: 'advisor',
    title: 'Advisor',
    isSortable: true,
    isRowName: true,
    cell: (row) => <AdvisorLink email={row.advisor} />,
  },
  {
    name: 'territories',
    title: 'Territories',
    definition: "Territories of the advisor's clients.",
    cell: (row) => (
      <span className="flex flex-wrap gap-x-2">
        {row.territories.map((id) => (
          <TerritoryLink key={id} id={id} />
        ))}
      </span>
    ),
  },
  {
    name: 'clients',
    title: 'Clients',
    definition: 'Active PRIMARY clients.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatCount(row.clients),
  },
  {
    name: 'capacity',
    title: 'Capacity',
    definition: 'Most clients that the advisor may have, as configured.',
    isFigure: true,
    cell: (row) => formatCount(row.capacity),
  },
  {
    name: 'utilisation',
    title: 'Workload',
    definition: 'Clients / capacity. High from 90 %, medium from 60 %, else low.',
    isSortable: true,
    isFigure: true,
    cell: (row) => (
      <span className="flex items-center justify-end gap-2">
        <span className="w-24">
          <Meter percent={row.utilisation ?? 0} tone={meterTones[row.level]} />
        </span>
        <span className="w-16">{formatPercent(row.utilisation)}</span>
      </span>
    ),
  },
  {
    name: 'level',
    title: 'Level',
    cell: (row) => <StatusBadge tone={loadTones[row.level]}>{row.level}</StatusBadge>,
  },
];

const placements: Readonly<Record<string, { tone: Tone; word: string }>> = {
  ASSIGNED: { tone: 'good', word: 'Assigned' },
  OVERFLOW: { tone: 'warn', word: 'Overflow' },
  OVER_CAPACITY: { tone: 'warn', word: 'Over capacity' },
  NO_ADVISOR: { tone: 'bad', word: 'No advisor' },
};

export function PlacementBadge({ status }: { readonly status: string | null }) {
  if (status === null) return <StatusBadge tone="quiet">Not placed</StatusBadge>;
  const { tone, word } = placements[status] ?? { tone: 'quiet', word: status };
  return <StatusBadge tone={tone}>{word}</StatusBadge>;
}

export const clientColumns: readonly Column<Clients['data'][number]>[] = [
  {
    name: 'client_name',
    title: 'Client',
    isSortable: true,
    isRowName: true,
    cell: (row) => <ClientLink id={row.client_key} name={row.client_name} />,
  },
  { name: 'territory_id', title: 'Territory', cell: (row) => <TerritoryLink id={row.territory_id} /> },
  { name: 'advisor_email', title: 'Advisor', cell: (row) => <AdvisorLink email={row.advisor_email} /> },
  {
    name: 'status',
    title: 'Placement',
    definition:
      'Overflow: another advisor than the one asked for, who is full. Over capacity: all of them are full. No advisor: there is none.',
    cell: (row) => <PlacementBadge status={row.status} />,
  },
  { name: 'segment', title: 'Segment', cell: (row) => row.segment ?? unknown },
  {
    name: 'client_priority',
    title: 'Priority',
    definition: 'A or B by the configured conditions, else C.',
    isSortable: true,
    cell: (row) => row.client_priority,
  },
  {
    name: 'annual_revenue',
    title: 'Annual revenue',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatMoney(row.annual_revenue),
  },
  {
    name: 'source_system',
    title: 'Source',
    cell: (row) => (row.source_system === 'salesforce' ? 'Salesforce' : 'Client files'),
  },
  {
    name: 'effective_from',
    title: 'Since',
    definition: 'First day of the current version.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatDay(row.effective_from),
  },
];

export const duplicateColumns: readonly Column<ClientDuplicates['data'][number]>[] = [
  {
    name: 'client_name_a',
    title: 'Client',
    isSortable: true,
    isRowName: true,
    cell: (row) => <ClientLink id={row.client_key_a} name={row.client_name_a} />,
  },
  {
    name: 'client_name_b',
    title: 'May be the same as',
    className: 'max-w-96',
    cell: (row) => <ClientLink id={row.client_key_b} name={row.client_name_b} />,
  },
  {
    name: 'similarity',
    title: 'Similarity',
    definition: 'Token sort ratio of the normalised names: legal forms and case left out, words in order.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatPercent(row.similarity),
  },
  { name: 'level', title: 'Confidence', cell: (row) => <SeverityBadge severity={row.level} /> },
  {
    name: 'suggested_keep',
    title: 'Suggestion',
    definition: 'Keep the more complete record and merge the other one into it. Nothing is merged by itself.',
    cell: (row) => (
      <span className="inline-flex items-center gap-1 whitespace-nowrap">
        <GitMerge aria-hidden="true" className="size-3.5 text-muted" />
        merge {row.suggested_merge} into {row.suggested_keep}
      </span>
    ),
  },
];
