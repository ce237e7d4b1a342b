import { Medal } from 'lucide-react';
import type { SalesTeam } from '../../../../lambdas/api/contract/sales.ts';
import type { Column } from '../../components/columns.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatMonth } from '../../format/dates.ts';
import { formatChange, formatCount, formatExactMoney, formatMoney, formatPercent } from '../../format/figures.ts';

type Row = SalesTeam['data'][number];

const columns: readonly Column<Row>[] = [
  {
    name: 'full_name',
    title: 'Salesperson',
    isSortable: true,
    isRowName: true,
    className: 'min-w-40',
    cell: (row) => (
      <>
        {row.full_name ?? 'not in the master data'}
        <span className="block text-xs font-normal text-muted">{row.sales_person_id}</span>
      </>
    ),
  },
  { name: 'store_id', title: 'Store', cell: (row) => row.store_id },
  {
    name: 'sales_month',
    title: 'Month',
    isSortable: true,
    isFigure: true,
    cell: (row) => (
      <>
        {formatMonth(row.sales_month)}
        {row.is_final_month ? null : <span className="block text-xs text-muted">not over yet</span>}
      </>
    ),
  },
  {
    name: 'top_performance_rank',
    title: 'Rank',
    definition: 'By sales, within store and month; equal sales share a rank.',
    isSortable: true,
    cell: (row) =>
      row.top_performance_rank === 1 ? (
        <StatusBadge tone="good" icon={Medal}>
          1st
        </StatusBadge>
      ) : (
        <span className="px-2 tabular-nums">{formatCount(row.top_performance_rank)}</span>
      ),
  },
  {
    name: 'total_sales',
    title: 'Sales',
    definition: "Sum of the salesperson's amounts in store and month.",
    isSortable: true,
    isFigure: true,
    cell: (row) => formatMoney(row.total_sales),
  },
  {
    name: 'sales_contribution_percentage',
    title: 'Of the store',
    definition: "Share of the store's total of the month.",
    isFigure: true,
    cell: (row) => formatPercent(row.sales_contribution_percentage),
  },
  {
    name: 'incentive',
    title: 'Incentive',
    definition: '1 % of the own sales for rank 1, as configured, else 0.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatExactMoney(row.incentive),
  },
  {
    name: 'sales_growth_rate',
    title: 'Growth',
    definition: 'Against the preceding calendar month; a dash in the first month and after a missing one.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatChange(row.sales_growth_rate, formatPercent),
  },
  {
    name: 'year_to_date_sales',
    title: 'Year to date',
    definition: 'Running sum within the calendar year.',
    isFigure: true,
    cell: (row) => formatMoney(row.year_to_date_sales),
  },
  {
    name: 'avg_sales_per_month',
    title: 'Average month',
    definition: 'Average of the monthly totals of store and salesperson.',
    isFigure: true,
    cell: (row) => formatMoney(row.avg_sales_per_month),
  },
  {
    name: 'total_transactions',
    title: 'Transactions',
    isFigure: true,
    cell: (row) => formatCount(row.total_transactions),
  },
  {
    name: 'max_single_transaction',
    title: 'Largest',
    definition: 'Largest transaction of the month.',
    isFigure: true,
    cell: (row) => formatMoney(row.max_single_transaction),
  },
];

/** Salespeople by store and month: rank, incentive, growth. */
export function Ranking() {
  return (
    <Panel title="Ranks and incentives" definition="One row for each salesperson, store and month with a sale." isFlush>
      <DataTable<Row>
        noun="salesperson-months"
        path="/api/sales-team"
        columns={columns}
        filters={[
          { name: 'store', label: 'Store', facet: 'store_id' },
          { name: 'month', label: 'Month', facet: 'sales_month' },
          { name: 'rank', label: 'Rank', options: [['1', 'best of store and month']] },
        ]}
        hasSearch
        rowKey={(row) => `${row.store_id} ${row.sales_person_id} ${row.sales_month}`}
        emptyReason="No sales file has been read yet. `headwater drop` puts one where the next run finds it."
      />
    </Panel>
  );
}
