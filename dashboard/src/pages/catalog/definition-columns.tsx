import { Lock } from 'lucide-react';
import type { Table } from '../../../../lambdas/api/contract/tables.ts';
import type { SortedColumn } from '../../components/sorted-table.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatShare, unknown } from '../../format/figures.ts';

export const definitionColumns: readonly SortedColumn<Table['columns'][number]>[] = [
  {
    name: 'name',
    title: 'Column',
    isRowName: true,
    className: 'min-w-56',
    sortBy: (row) => row.name,
    cell: (row) => <code className="text-xs break-all">{row.name}</code>,
  },
  {
    name: 'type',
    title: 'Type',
    sortBy: (row) => row.type,
    cell: (row) => <code className="text-xs">{row.type}</code>,
  },
  { name: 'description', title: 'Definition', className: 'min-w-72', cell: (row) => row.description || unknown },
  { name: 'unit', title: 'Unit', sortBy: (row) => row.unit, cell: (row) => row.unit ?? unknown },
  {
    name: 'pii',
    title: 'Personal',
    definition: 'Whether it tells about a person, and what.',
    sortBy: (row) => row.pii,
    cell: (row) =>
      row.pii === null ? (
        unknown
      ) : (
        <StatusBadge tone="warn" icon={Lock}>
          {row.pii}
        </StatusBadge>
      ),
  },
  {
    name: 'definition',
    title: 'Formula',
    definition: 'Whether the formula was given by the specification, or chosen by us.',
    sortBy: (row) => row.definition,
    cell: (row) => (row.definition === null ? unknown : row.definition === 'ours' ? 'chosen' : 'given'),
  },
  {
    name: 'null_share',
    title: 'Empty',
    definition: 'Rows without a value; a dash where that is not known.',
    isFigure: true,
    sortBy: (row) => row.null_share,
    cell: (row) => formatShare(row.null_share),
  },
];
