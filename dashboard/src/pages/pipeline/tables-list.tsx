import { Link } from '@tanstack/react-router';
import type { TableRow } from '../../../../lambdas/api/contract/tables.ts';
import { Panel } from '../../components/panel.tsx';
import type { SortedColumn } from '../../components/sorted-table.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { WholeList } from '../../components/whole-list.tsx';
import { formatDuration } from '../../format/dates.ts';
import { formatBytes, formatChange, formatCount } from '../../format/figures.ts';
import { RunLink, TableLink } from './links.tsx';

export const layerFilter = {
  name: 'layer',
  label: 'Layer',
  options: [
    ['gold', 'gold'],
    ['silver', 'silver'],
    ['bronze', 'bronze'],
    ['quarantine', 'quarantine'],
  ],
} as const;

/** Age against allowance in words, never in colour alone. */
function Age({ row }: { readonly row: TableRow }) {
  if (row.age_seconds === null) return <StatusBadge tone="quiet">Never confirmed</StatusBadge>;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <StatusBadge tone={row.is_stale ? 'bad' : 'good'}>{row.is_stale ? 'Too old' : 'In time'}</StatusBadge>
      <span className="whitespace-nowrap text-muted">
        {formatDuration(row.age_seconds)} of {formatDuration(row.allowance_seconds)}
      </span>
    </span>
  );
}

function Checks({ row }: { readonly row: TableRow }) {
  if (row.checks === 0) return <span className="text-muted">none</span>;
  return (
    <Link
      to="/pipeline"
      search={{ tab: 'quality', table: row.table } as never}
      className="whitespace-nowrap hover:text-accent hover:underline"
    >
      {row.checks_failed === 0 ? (
        <StatusBadge tone="good">{formatCount(row.checks)} passed</StatusBadge>
      ) : (
        <StatusBadge tone="warn">
          {formatCount(row.checks_failed)} of {formatCount(row.checks)} failed
        </StatusBadge>
      )}
    </Link>
  );
}

const columns: readonly SortedColumn<TableRow>[] = [
  {
    name: 'table',
    title: 'Table',
    isRowName: true,
    className: 'min-w-52',
    sortBy: (row) => row.table,
    cell: (row) => <TableLink table={row.table} />,
  },
  {
    name: 'age',
    title: 'Age',
    definition: 'Since a run last published the table or found nothing new for it, of the age that is allowed.',
    sortBy: (row) => row.age_seconds,
    cell: (row) => <Age row={row} />,
  },
  {
    name: 'rows',
    title: 'Rows',
    isFigure: true,
    sortBy: (row) => row.rows,
    cell: (row) => formatCount(row.rows),
  },
  {
    name: 'change',
    title: 'Change',
    definition: 'Rows against the publication before; a dash for a new table.',
    isFigure: true,
    sortBy: (row) => row.row_change,
    cell: (row) => formatChange(row.row_change),
  },
  {
    name: 'checks',
    title: 'Checks',
    definition: 'Quality checks of the last run with results.',
    sortBy: (row) => row.checks_failed,
    cell: (row) => <Checks row={row} />,
  },
  {
    name: 'bytes',
    title: 'Size',
    isFigure: true,
    sortBy: (row) => row.bytes,
    cell: (row) => formatBytes(row.bytes),
  },
  {
    name: 'built_by',
    title: 'Newest part by',
    definition: 'The run that wrote the newest part of the table.',
    sortBy: (row) => row.built_by,
    cell: (row) => <RunLink id={row.built_by} />,
  },
  {
    name: 'lineage',
    title: 'Lineage',
    cell: (row) => (
      <Link
        to="/pipeline"
        search={{ tab: 'lineage', table: row.table } as never}
        className="relative whitespace-nowrap text-accent hover:underline"
      >
        one hop<span className="sr-only"> of {row.table}</span>
      </Link>
    ),
  },
];

export function TablesList() {
  return (
    <Panel title="Tables" definition="What readers see now: age, rows, change and checks of every table." isFlush>
      <WholeList
        noun="tables"
        path="/api/tables"
        columns={columns}
        filters={[layerFilter]}
        hasSearch
        defaultSort="table"
        rowKey={(row) => row.table}
        emptyReason="Nothing has been published yet. `headwater run` makes the first publication."
      />
    </Panel>
  );
}
