import { CircleCheck, CircleDashed } from 'lucide-react';
import type { ClientHistory } from '../../../../lambdas/api/contract/territories.ts';
import type { Column } from '../../components/columns.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatDay } from '../../format/dates.ts';
import { formatCount, formatMoney, formatPercent, unknown } from '../../format/figures.ts';
import { PlacementBadge } from './columns.tsx';
import { AdvisorLink, TerritoryLink } from './links.tsx';

function CurrentBadge({ isCurrent }: { readonly isCurrent: boolean }) {
  return isCurrent ? (
    <StatusBadge tone="good">Current</StatusBadge>
  ) : (
    <StatusBadge tone="quiet" icon={CircleDashed}>
      Past
    </StatusBadge>
  );
}

export const decisionColumns: readonly Column<ClientHistory['decisions'][number]>[] = [
  { name: 'decision', title: 'Decides', cell: (row) => row.decision.charAt(0) + row.decision.slice(1).toLowerCase() },
  { name: 'rule_id', title: 'Rule', isRowName: true, cell: (row) => row.rule_id },
  { name: 'rule_kind', title: 'Kind', cell: (row) => row.rule_kind },
  {
    name: 'priority',
    title: 'Priority',
    definition: 'Smaller ones come first.',
    isFigure: true,
    cell: (row) => formatCount(row.priority),
  },
  { name: 'territory_id', title: 'Territory', cell: (row) => <TerritoryLink id={row.territory_id} /> },
  { name: 'advisor_email', title: 'Advisor', cell: (row) => <AdvisorLink email={row.advisor_email} /> },
  {
    name: 'is_winner',
    title: 'Outcome',
    cell: (row) =>
      row.is_winner ? (
        <StatusBadge tone="good" icon={CircleCheck}>
          Won
        </StatusBadge>
      ) : (
        <span className="text-muted">{row.reason}</span>
      ),
  },
  { name: 'conflict', title: 'Conflict', cell: (row) => row.conflict ?? unknown },
];

export const assignmentColumns: readonly Column<ClientHistory['assignments'][number]>[] = [
  { name: 'effective_from', title: 'From', isFigure: true, cell: (row) => formatDay(row.effective_from) },
  {
    name: 'effective_to',
    title: 'To before',
    definition: 'First day on which it no longer held.',
    isFigure: true,
    cell: (row) => formatDay(row.effective_to),
  },
  { name: 'is_current', title: 'State', cell: (row) => <CurrentBadge isCurrent={row.is_current} /> },
  { name: 'territory_id', title: 'Territory', cell: (row) => <TerritoryLink id={row.territory_id} /> },
  {
    name: 'assignment_type',
    title: 'Type',
    cell: (row) => (row.assignment_type === 'PRIMARY' ? 'Primary' : 'Secondary'),
  },
  { name: 'advisor', title: 'Advisor', cell: (row) => <AdvisorLink email={row.primary_advisor_email} /> },
  {
    name: 'requested',
    title: 'Wanted',
    definition: 'The advisor whom source or rule asked for; where another one is assigned, there was no room.',
    cell: (row) =>
      row.requested_advisor_email === row.primary_advisor_email ? (
        <span className="text-muted">the same</span>
      ) : (
        <AdvisorLink email={row.requested_advisor_email} />
      ),
  },
  { name: 'status', title: 'Placement', cell: (row) => <PlacementBadge status={row.status} /> },
  { name: 'rule', title: 'Rule', cell: (row) => `${row.assigned_by_rule}, version ${row.rule_version}` },
  {
    name: 'confidence',
    title: 'Confidence',
    definition: 'How sure the rule is, as configured.',
    isFigure: true,
    cell: (row) => formatPercent(row.confidence),
  },
];

export const versionColumns: readonly Column<ClientHistory['versions'][number]>[] = [
  { name: 'effective_from', title: 'From', isFigure: true, cell: (row) => formatDay(row.effective_from) },
  { name: 'effective_to', title: 'To before', isFigure: true, cell: (row) => formatDay(row.effective_to) },
  { name: 'is_current', title: 'State', cell: (row) => <CurrentBadge isCurrent={row.is_current} /> },
  { name: 'change_reason', title: 'Why', isRowName: true, cell: (row) => row.change_reason },
  { name: 'client_name', title: 'Name', cell: (row) => row.client_name ?? unknown },
  { name: 'region', title: 'Region', cell: (row) => row.region ?? unknown },
  { name: 'segment', title: 'Segment', cell: (row) => row.segment ?? unknown },
  { name: 'parent_org', title: 'Parent', cell: (row) => row.parent_org ?? unknown },
  { name: 'advisor', title: 'Advisor named', cell: (row) => <AdvisorLink email={row.primary_advisor_email} /> },
  { name: 'priority', title: 'Priority', cell: (row) => row.client_priority },
  { name: 'revenue', title: 'Annual revenue', isFigure: true, cell: (row) => formatMoney(row.annual_revenue) },
  { name: 'is_active', title: 'Served', cell: (row) => (row.is_active ? 'yes' : 'no longer') },
];
