import { ArrowRight, Minus, Plus, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AssignmentChanges } from '../../../../lambdas/api/contract/territories.ts';
import type { Column } from '../../components/columns.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatDay } from '../../format/dates.ts';
import { unknown } from '../../format/figures.ts';
import { AdvisorLink, ClientLink, TerritoryLink } from './links.tsx';

type Change = AssignmentChanges['data'][number];

const changeLooks = {
  NEW: { tone: 'good', word: 'New', icon: Plus },
  CHANGED: { tone: 'warn', word: 'Changed', icon: RefreshCw },
  REMOVED: { tone: 'bad', word: 'Removed', icon: Minus },
} as const;

function ChangeBadge({ type }: { readonly type: Change['change_type'] }) {
  const { tone, word, icon } = changeLooks[type];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {word}
    </StatusBadge>
  );
}

/** Before and after, where they differ; else what stayed. */
function FromTo({
  before,
  after,
  show,
}: {
  before: string | null;
  after: string | null;
  show: (id: string) => ReactNode;
}) {
  if (before === after) return before === null ? unknown : show(before);
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      {before === null ? <span className="text-muted">none</span> : show(before)}
      <ArrowRight aria-label="then" className="size-3.5 shrink-0 text-muted" />
      {after === null ? <span className="text-muted">none</span> : show(after)}
    </span>
  );
}

export const changeColumns: readonly Column<Change>[] = [
  {
    name: 'client_name',
    title: 'Client',
    isSortable: true,
    isRowName: true,
    cell: (row) => <ClientLink id={row.client_key} name={row.client_name} />,
  },
  { name: 'change_type', title: 'Change', isSortable: true, cell: (row) => <ChangeBadge type={row.change_type} /> },
  {
    name: 'territory_id',
    title: 'Territory',
    isSortable: true,
    cell: (row) => (
      <FromTo before={row.old_territory_id} after={row.new_territory_id} show={(id) => <TerritoryLink id={id} />} />
    ),
  },
  {
    name: 'advisor',
    title: 'Advisor',
    cell: (row) => (
      <FromTo
        before={row.old_advisor_email}
        after={row.new_advisor_email}
        show={(email) => <AdvisorLink email={email} />}
      />
    ),
  },
  {
    name: 'assignment_type',
    title: 'Type',
    cell: (row) => (row.assignment_type === 'PRIMARY' ? 'Primary' : 'Secondary'),
  },
  {
    name: 'assigned_by_rule',
    title: 'Rule',
    definition:
      'The rule that decided. Where territory and advisor stayed, another rule or another status is what changed.',
    cell: (row) => row.assigned_by_rule ?? unknown,
  },
  { name: 'changed_on', title: 'On', isFigure: true, cell: (row) => formatDay(row.changed_on) },
];
