import { Link } from '@tanstack/react-router';
import type { Files } from '../../../../lambdas/api/contract/files.ts';
import type { Column } from '../../components/columns.ts';
import { DataTable } from '../../components/data-table.tsx';
import { FilePath } from '../../components/file-path.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatInstant } from '../../format/dates.ts';
import { formatBytes, formatCount, unknown } from '../../format/figures.ts';
import { RunLink } from './links.tsx';
import { FileBadge } from './statuses.tsx';

type Row = Files['data'][number];

function Reasons({ row }: { readonly row: Row }) {
  if (row.duplicate_of !== null) {
    return (
      <>
        same content as <FilePath path={row.duplicate_of} />
      </>
    );
  }
  if (row.reasons.length === 0) return unknown;
  return (
    <ul className="space-y-1">
      {row.reasons.map(({ code, message, line, rows }) => (
        <li key={`${code} ${line} ${message}`} className="break-words">
          <code className="text-xs">{code}</code>
          {line === null ? '' : ` in line ${formatCount(line)}`}
          {rows === null ? '' : ` in ${formatCount(rows)} rows`}: {message}
        </li>
      ))}
    </ul>
  );
}

const columns: readonly Column<Row>[] = [
  {
    name: 'key',
    title: 'File',
    isRowName: true,
    className: 'min-w-52',
    cell: (row) => <FilePath path={row.key} />,
  },
  { name: 'status', title: 'Fate', cell: (row) => <FileBadge status={row.status} /> },
  { name: 'reasons', title: 'Why', className: 'min-w-64', cell: (row) => <Reasons row={row} /> },
  { name: 'rows_read', title: 'Rows read', isFigure: true, cell: (row) => formatCount(row.rows_read) },
  { name: 'rows_loaded', title: 'Loaded', isFigure: true, cell: (row) => formatCount(row.rows_loaded) },
  {
    name: 'rows_quarantined',
    title: 'Set aside',
    isFigure: true,
    cell: (row) =>
      row.rows_quarantined === null || row.rows_quarantined === 0 ? (
        formatCount(row.rows_quarantined)
      ) : (
        <Link
          to="/pipeline"
          search={{ tab: 'quarantine', file: row.key } as never}
          className="relative text-accent underline underline-offset-3"
        >
          {formatCount(row.rows_quarantined)}
          <span className="sr-only"> rows of {row.key}</span>
        </Link>
      ),
  },
  { name: 'bytes', title: 'Size', isFigure: true, cell: (row) => formatBytes(row.bytes) },
  { name: 'received_at', title: 'First seen', isFigure: true, cell: (row) => formatInstant(row.received_at) },
  { name: 'run_id', title: 'Run', cell: (row) => <RunLink id={row.run_id} /> },
];

/** Dropped files and what became of them, newest first. */
export function FilesList() {
  return (
    <Panel
      title="Dropped files"
      definition="Every arrival with its fate. A rejected file is taken when it is dropped again, mended, under a new name."
      isFlush
    >
      <DataTable<Row>
        noun="files"
        path="/api/files"
        columns={columns}
        filters={[
          {
            name: 'status',
            label: 'Fate',
            options: [
              ['REJECTED', 'rejected'],
              ['DUPLICATE', 'duplicate'],
              ['RECEIVED,COLLECTED', 'in work'],
              ['PROCESSED', 'processed'],
            ],
          },
        ]}
        hasSearch
        rowKey={(row) => row.file_id}
        emptyReason="No file has been dropped yet. `headwater drop <file>` puts one where the next run finds it."
      />
    </Panel>
  );
}
