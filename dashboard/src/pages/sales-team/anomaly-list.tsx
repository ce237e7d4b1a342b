import { Link } from '@tanstack/react-router';
import { Receipt, ShoppingBag, UserRound } from 'lucide-react';
import type { Anomalies } from '../../../../lambdas/api/contract/sales.ts';
import type { Column } from '../../components/columns.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatMonth } from '../../format/dates.ts';
import { formatMoney, formatPoints, unknown } from '../../format/figures.ts';

type Row = Anomalies['data'][number];

const kinds = {
  SALESPERSON_MONTH: { word: 'Month of a salesperson', icon: UserRound },
  CUSTOMER_MONTH: { word: 'Month of a customer', icon: ShoppingBag },
  TRANSACTION: { word: 'Transaction', icon: Receipt },
} as const;

function Kind({ type }: { readonly type: Row['anomaly_type'] }) {
  const { word, icon } = kinds[type];
  return (
    <StatusBadge tone="warn" icon={icon}>
      {word}
    </StatusBadge>
  );
}

function Whose({ row }: { readonly row: Row }) {
  const look = 'inline-block leading-6 hover:text-accent hover:underline';
  return (
    <span className="flex flex-col">
      {row.sales_person_id === null ? null : (
        <Link to="/sales-team" search={{ tab: 'ranks', q: row.sales_person_id } as never} className={look}>
          Salesperson {row.sales_person_id}
        </Link>
      )}
      {row.customer_id === null ? null : (
        <Link to="/shoppers/$id" params={{ id: row.customer_id } as never} className={look}>
          Customer {row.customer_id}
        </Link>
      )}
      {row.transaction_id === null ? null : <span className="text-xs text-muted">{row.transaction_id}</span>}
    </span>
  );
}

const columns: readonly Column<Row>[] = [
  { name: 'whose', title: 'Of whom', isRowName: true, className: 'min-w-36', cell: (row) => <Whose row={row} /> },
  { name: 'anomaly_type', title: 'Kind', cell: (row) => <Kind type={row.anomaly_type} /> },
  { name: 'store_id', title: 'Store', cell: (row) => row.store_id ?? unknown },
  {
    name: 'sales_month',
    title: 'Month',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatMonth(row.sales_month),
  },
  { name: 'value', title: 'Value', isSortable: true, isFigure: true, cell: (row) => formatMoney(row.value) },
  {
    name: 'expectation',
    title: 'Usual',
    definition: "The history's median or the store's percentile.",
    isFigure: true,
    cell: (row) => formatMoney(row.expectation),
  },
  {
    name: 'score',
    title: 'Score',
    definition: 'How far off; a dash where the history does not vary.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatPoints(row.score),
  },
  { name: 'reason', title: 'Compared', className: 'min-w-56', cell: (row) => row.reason },
];

/** Months and transactions far from their own history. */
export function AnomalyList() {
  return (
    <Panel
      title="Anomalies"
      definition="Months and transactions far from their own history; not faults by themselves."
      isFlush
    >
      <DataTable<Row>
        noun="anomalies"
        path="/api/anomalies"
        columns={columns}
        filters={[
          {
            name: 'type',
            label: 'Kind',
            options: Object.entries(kinds).map(([value, { word }]) => [value, word] as const),
          },
          { name: 'store', label: 'Store', facet: 'store_id' },
          { name: 'month', label: 'Month', facet: 'sales_month' },
        ]}
        defaultSort="-score"
        rowKey={(row) => row.anomaly_id}
        emptyReason="Nothing is far from its own history, or there is not enough history yet."
      />
    </Panel>
  );
}
