import { Link } from '@tanstack/react-router';
import { CircleCheck, Gem, Moon } from 'lucide-react';
import type { Shoppers } from '../../../../lambdas/api/contract/sales.ts';
import type { Column } from '../../components/columns.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatMonth } from '../../format/dates.ts';
import { formatCount, formatMoney, formatPoints } from '../../format/figures.ts';
import { SegmentBadge } from './segment-badge.tsx';

type Row = Shoppers['data'][number];

export function ActivityBadge({ row }: { readonly row: Row }) {
  return (
    <span className="inline-flex flex-wrap gap-1">
      {row.inactive_status ? (
        <StatusBadge tone="warn" icon={Moon}>
          Inactive
        </StatusBadge>
      ) : (
        <StatusBadge tone="good" icon={CircleCheck}>
          Active
        </StatusBadge>
      )}
      {row.is_high_value ? (
        <StatusBadge tone="quiet" icon={Gem}>
          High value
        </StatusBadge>
      ) : null}
    </span>
  );
}

export const shopperColumns: readonly Column<Row>[] = [
  {
    name: 'full_name',
    title: 'Customer',
    isSortable: true,
    isRowName: true,
    className: 'min-w-40',
    cell: (row) => (
      <Link to="/shoppers/$id" params={{ id: row.customer_id } as never} className="hover:text-accent hover:underline">
        {row.full_name ?? 'not in the master data'}
        <span className="block text-xs font-normal text-muted">{row.customer_id}</span>
      </Link>
    ),
  },
  { name: 'customer_segment', title: 'Segment', cell: (row) => <SegmentBadge segment={row.customer_segment} /> },
  { name: 'activity', title: 'Activity', cell: (row) => <ActivityBadge row={row} /> },
  {
    name: 'customer_lifetime_value',
    title: 'Lifetime value',
    definition: 'Sum of all amounts up to the as-of date.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatMoney(row.customer_lifetime_value),
  },
  {
    name: 'purchase_frequency',
    title: 'Purchases',
    definition: 'Number of transactions.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatCount(row.purchase_frequency),
  },
  {
    name: 'monetary_value',
    title: 'Per purchase',
    definition: 'Lifetime value / number of transactions.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatMoney(row.monetary_value),
  },
  {
    name: 'recency_days',
    title: 'Days since',
    definition: 'Days from the last purchase to the as-of date.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatCount(row.recency_days),
  },
  {
    name: 'avg_time_between_purchases',
    title: 'Days between',
    definition: 'Average days between purchase days; a dash with one purchase day.',
    isFigure: true,
    cell: (row) => formatPoints(row.avg_time_between_purchases),
  },
  {
    name: 'first_purchase_month',
    title: 'First',
    isFigure: true,
    cell: (row) => formatMonth(row.first_purchase_month),
  },
  { name: 'last_purchase_month', title: 'Last', isFigure: true, cell: (row) => formatMonth(row.last_purchase_month) },
];
