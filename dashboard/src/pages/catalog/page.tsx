import { Link } from '@tanstack/react-router';
import type { TableRow } from '../../../../lambdas/api/contract/tables.ts';
import { PageTitle } from '../../components/page-title.tsx';
import { Panel } from '../../components/panel.tsx';
import type { SortedColumn } from '../../components/sorted-table.tsx';
import { WholeList } from '../../components/whole-list.tsx';
import { formatCount, unknown } from '../../format/figures.ts';
import { tableAddress } from './address.ts';

const columns: readonly SortedColumn<TableRow>[] = [
  {
    name: 'table',
    title: 'Table',
    isRowName: true,
    className: 'min-w-52',
    sortBy: (row) => row.table,
    cell: (row) => (
      <Link to={tableAddress(row.table)} className="break-words hover:text-accent hover:underline">
        {row.table}
      </Link>
    ),
  },
  {
    name: 'description',
    title: 'What it tells',
    className: 'min-w-80',
    cell: (row) => (
      <>
        {row.row === null ? null : <span className="block font-medium">{row.row}</span>}
        <span className="line-clamp-3 text-muted">{row.description ?? unknown}</span>
      </>
    ),
  },
  {
    name: 'owner',
    title: 'Owner',
    definition: 'Who answers for it.',
    sortBy: (row) => row.owner,
    className: 'min-w-40 break-words',
    cell: (row) => row.owner ?? unknown,
  },
  {
    name: 'columns',
    title: 'Columns',
    isFigure: true,
    sortBy: (row) => row.columns,
    cell: (row) => formatCount(row.columns),
  },
  {
    name: 'rows',
    title: 'Rows',
    isFigure: true,
    sortBy: (row) => row.rows,
    cell: (row) => formatCount(row.rows),
  },
];

/** What there is, what it means, and whom to ask. */
export default function CatalogPage() {
  return (
    <>
      <PageTitle title="Catalog" subtitle="Every table with its columns, definitions and owner" />
      <Panel title="Tables" isFlush>
        <WholeList
          noun="tables"
          path="/api/tables"
          columns={columns}
          filters={[
            {
              name: 'layer',
              label: 'Layer',
              options: [
                ['gold', 'gold: for readers'],
                ['silver', 'silver: clean'],
                ['bronze', 'bronze: as it came'],
                ['quarantine', 'quarantine: set aside'],
              ],
            },
          ]}
          hasSearch
          defaultSort="table"
          rowKey={(row) => row.table}
          emptyReason="Nothing has been published yet. `headwater run` makes the first publication."
        />
      </Panel>
    </>
  );
}
