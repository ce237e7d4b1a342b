import type { Quarantine } from '../../../../lambdas/api/contract/files.ts';
import type { Column } from '../../components/columns.ts';
import { DataTable } from '../../components/data-table.tsx';
import { FilePath } from '../../components/file-path.tsx';
import { Panel } from '../../components/panel.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatCount, unknown } from '../../format/figures.ts';
import { RunLink, TableLink } from './links.tsx';
import { rawInWords, reasonInWords } from './reasons.ts';

type Row = Quarantine['data'][number];

function RawRow({ raw }: { readonly raw: string | null }) {
  if (raw === null) return unknown;
  return <code className="text-xs [overflow-wrap:anywhere] whitespace-pre-wrap">{rawInWords(raw)}</code>;
}

const columns: readonly Column<Row>[] = [
  {
    name: 'source_file',
    title: 'Where from',
    isSortable: true,
    isRowName: true,
    className: 'min-w-52',
    cell: (row) => (
      <>
        <FilePath path={row.source_file ?? 'no file'} />
        <span className="block text-xs font-normal text-muted">
          {row.source_line === null ? 'row of silver' : `line ${formatCount(row.source_line)}`}
        </span>
      </>
    ),
  },
  {
    name: 'reasons',
    title: 'Reasons',
    definition: 'Every reason, not only the first one.',
    className: 'min-w-56',
    cell: (row) => (
      <ul className="space-y-1">
        {row.reasons.map((reason) => (
          <li key={reason}>
            <StatusBadge tone="warn">{reason}</StatusBadge>
            <span className="block text-xs text-muted">{reasonInWords(reason)}</span>
          </li>
        ))}
      </ul>
    ),
  },
  {
    name: 'raw',
    title: 'The row as it came',
    definition: 'The line of the file; of rows that silver set aside the columns that have a value.',
    className: 'min-w-96',
    cell: (row) => <RawRow raw={row.raw} />,
  },
  { name: 'table', title: 'Kept in', cell: (row) => <TableLink table={row.table} /> },
  { name: 'run_id', title: 'Set aside by', cell: (row) => <RunLink id={row.run_id} /> },
];

/** Rows that were set aside, with every reason; all of them as a file. */
export function QuarantineList() {
  return (
    <Panel
      title="Quarantined rows"
      definition="Rows that could not be taken as they were. A corrected file is dropped under a new name; rows that wait for master data are released when it comes."
      isFlush
    >
      <DataTable<Row>
        noun="rows"
        path="/api/quarantine"
        columns={columns}
        filters={[
          { name: 'table', label: 'Table' },
          { name: 'reason', label: 'Reason' },
          { name: 'file', label: 'File', facet: 'source_file' },
        ]}
        rowKey={(row) => `${row.table} ${row.source_file} ${row.source_line} ${row.reasons.join()} ${row.raw}`}
        emptyReason="Every row of every file was taken: nothing waits for a correction."
      />
    </Panel>
  );
}
