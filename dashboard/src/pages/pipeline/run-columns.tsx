import type { Run } from '../../../../lambdas/api/contract/runs.ts';
import type { Column } from '../../components/columns.ts';
import { Meter } from '../../components/meter.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatDuration } from '../../format/dates.ts';
import { formatBytes, formatCount, unknown } from '../../format/figures.ts';
import type { Stage } from './stages.ts';

export function stageColumns(stages: readonly Stage[]): readonly Column<Stage>[] {
  const longest = Math.max(...stages.map(({ seconds }) => seconds), 0.001);
  return [
    { name: 'stage', title: 'Stage', isRowName: true, cell: (row) => row.stage },
    {
      name: 'seconds',
      title: 'Time',
      isFigure: true,
      className: 'w-1/4',
      cell: (row) => (
        <span className="flex items-center justify-end gap-3">
          <span className="w-full max-w-48">
            <Meter percent={(100 * row.seconds) / longest} />
          </span>
          <span className="w-24">{formatDuration(row.seconds)}</span>
        </span>
      ),
    },
    { name: 'rows_in', title: 'Rows in', isFigure: true, cell: (row) => formatCount(row.rows_in) },
    { name: 'rows_out', title: 'Rows out', isFigure: true, cell: (row) => formatCount(row.rows_out) },
    { name: 'quarantined', title: 'Set aside', isFigure: true, cell: (row) => formatCount(row.quarantined) },
    { name: 'bytes', title: 'Written', isFigure: true, cell: (row) => formatBytes(row.bytes) },
  ];
}

const extractLooks = {
  EXTRACTED: { tone: 'good', word: 'Extracted' },
  PARTIAL: { tone: 'warn', word: 'Partial' },
  ABSENT: { tone: 'quiet', word: 'Absent' },
} as const;

export const extractColumns: readonly Column<Run['extracts'][number]>[] = [
  { name: 'object', title: 'Object', isRowName: true, cell: (row) => row.object },
  {
    name: 'status',
    title: 'Outcome',
    cell: (row) => <StatusBadge tone={extractLooks[row.status].tone}>{extractLooks[row.status].word}</StatusBadge>,
  },
  { name: 'rows_read', title: 'Records sent', isFigure: true, cell: (row) => formatCount(row.rows_read) },
  { name: 'rows_loaded', title: 'New or changed', isFigure: true, cell: (row) => formatCount(row.rows_loaded) },
  { name: 'deletions', title: 'Gone', isFigure: true, cell: (row) => formatCount(row.deletions) },
  {
    name: 'window',
    title: 'Changes from',
    definition: 'UTC; without one all records were asked for.',
    cell: (row) => row.window_from ?? 'all records',
  },
  { name: 'window_to', title: 'To before', cell: (row) => row.window_to ?? unknown },
  { name: 'message', title: 'Remark', className: 'min-w-52', cell: (row) => row.message ?? unknown },
];
