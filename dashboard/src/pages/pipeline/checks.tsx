import type { Quality, Runs } from '../../../../lambdas/api/contract/runs.ts';
import type { Tables } from '../../../../lambdas/api/contract/tables.ts';
import { useApi } from '../../api/use-api.ts';
import type { Column, Filter } from '../../components/columns.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatInstant } from '../../format/dates.ts';
import { formatCount } from '../../format/figures.ts';
import { CheckLink, RunLink, TableLink } from './links.tsx';
import { CheckBadge, runWord, severityMeanings } from './statuses.tsx';

export type Check = Quality['data'][number];

/** A check's figure: rows that fail it, except where it compares row counts. */
export function checkValue({ check_name, value }: Pick<Check, 'check_name' | 'value'>): string {
  return check_name.startsWith('row_count_change') ? `${formatCount(value)}\u00a0%` : `${formatCount(value)} rows`;
}

export const checkColumns: readonly Column<Check>[] = [
  {
    name: 'check_name',
    title: 'Check',
    definition: 'Opens its failing rows and the SQL that finds them.',
    isRowName: true,
    className: 'min-w-40',
    cell: (row) => <CheckLink run={row.run_id} table={row.table_name} check={row.check_name} />,
  },
  { name: 'table_name', title: 'Table', cell: (row) => <TableLink table={row.table_name} /> },
  { name: 'passed', title: 'Result', cell: (row) => <CheckBadge check={row} /> },
  {
    name: 'value',
    title: 'Found',
    definition: 'Failing rows; of a comparison of row counts the change in percent.',
    isFigure: true,
    cell: (row) => checkValue(row),
  },
  {
    name: 'threshold',
    title: 'Allowed',
    isFigure: true,
    cell: (row) => checkValue({ check_name: row.check_name, value: row.threshold }),
  },
  {
    name: 'severity',
    title: 'If it fails, it',
    className: 'whitespace-nowrap',
    cell: (row) => severityMeanings[row.severity],
  },
  { name: 'description', title: 'What is checked', className: 'min-w-52', cell: (row) => row.description },
];

/** Results of a run's checks, failed ones first. */
export function CheckList() {
  const runs = useApi<Runs>('/api/runs', { limit: 50 });
  const tables = useApi<Tables>('/api/tables');
  const filters: readonly Filter[] = [
    {
      name: 'passed',
      label: 'Result',
      options: [
        ['false', 'failed'],
        ['true', 'passed'],
      ],
    },
    {
      name: 'severity',
      label: 'If it fails',
      options: [
        ['halt', severityMeanings.halt],
        ['quarantine', severityMeanings.quarantine],
        ['warn', severityMeanings.warn],
      ],
    },
    {
      name: 'table',
      label: 'Table',
      options: (tables.data?.data ?? []).filter(({ checks }) => checks > 0).map(({ table }) => [table, table] as const),
    },
    {
      name: 'run_id',
      label: 'Run',
      options: (runs.data?.data ?? []).map(
        ({ run_id, started_at, status }) => [run_id, `${formatInstant(started_at)}, ${runWord(status)}`] as const,
      ),
    },
  ];
  return (
    <Panel
      title="Quality checks"
      definition="Results of one run; of the last one with results unless another one is chosen. Failed ones come first."
      isFlush
    >
      <DataTable<Check>
        noun="checks"
        path="/api/quality"
        columns={[...checkColumns, { name: 'run_id', title: 'Run', cell: (row) => <RunLink id={row.run_id} /> }]}
        filters={filters}
        rowKey={(row) => `${row.table_name} ${row.check_name}`}
        emptyReason="No run has come to its checks yet."
      />
    </Panel>
  );
}
