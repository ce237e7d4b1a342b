import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import type { SalesTotals } from '../../../../lambdas/api/contract/totals.ts';
import { useAddress } from '../../address.ts';
import { useApi } from '../../api/use-api.ts';
import { BarChart } from '../../components/bar-chart.tsx';
import { ColumnChart } from '../../components/column-chart.tsx';
import { CsvLink } from '../../components/csv-link.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { QueryPanel } from '../../components/panel.tsx';
import { type SortedColumn, SortedTable } from '../../components/sorted-table.tsx';
import { formatMonth } from '../../format/dates.ts';
import { formatCount, formatExactMoney, formatMoney, formatShare, formatShortMoney } from '../../format/figures.ts';

type Total = SalesTotals['data'][number];

const empty = (
  <EmptyState title="No sales" reason="No sales file has been read yet, or none has sales of this store and month." />
);

/** Sales of the stores in a month, and of a store over the months. */
export function StoresView() {
  const { values, set } = useAddress();
  const { store, month } = values;
  const stores = useApi<SalesTotals>('/api/sales-totals/store', { month }, { keepsPrevious: true });
  const months = useApi<SalesTotals>('/api/sales-totals/month', { store }, { keepsPrevious: true });
  const everyStore = useApi<SalesTotals>('/api/sales-totals/store');
  const everyMonth = useApi<SalesTotals>('/api/sales-totals/month');
  return (
    <div className="space-y-4">
      <QueryPanel
        title={store === undefined ? 'Sales by month, all stores' : `Sales by month, store ${store}`}
        query={months}
        height="h-60"
        actions={
          <Choice
            label="Store"
            value={store ?? ''}
            options={(everyStore.data?.data ?? []).map(({ value }) => [value, value])}
            onChange={(value) => set({ store: value })}
          />
        }
      >
        {({ data }) =>
          data.length === 0 ? (
            empty
          ) : (
            <ColumnChart
              caption="Sales by month"
              labelTitle="Month"
              valueTitle="Sales"
              write={(value) => formatShortMoney(value)}
              columns={data.map(({ value, total_sales }) => ({
                key: value,
                label: formatMonth(value),
                value: total_sales,
              }))}
            />
          )
        }
      </QueryPanel>
      <QueryPanel
        title={month === undefined ? 'Stores, all months' : `Stores, ${formatMonth(month)}`}
        definition="Sums over the salespeople of each store."
        query={stores}
        height="h-80"
        isFlush
        actions={
          <>
            <Choice
              label="Month"
              value={month ?? ''}
              options={(everyMonth.data?.data ?? []).toReversed().map(({ value }) => [value, formatMonth(value)])}
              onChange={(value) => set({ month: value })}
            />
            <CsvLink path="/api/sales-totals/store" query={{ month }} name="stores" />
          </>
        }
      >
        {({ data }) => (data.length === 0 ? empty : <Stores rows={data} month={month} />)}
      </QueryPanel>
    </div>
  );
}

function Stores({ rows, month }: { readonly rows: readonly Total[]; readonly month: string | undefined }) {
  const all = rows.reduce((sum, { total_sales }) => sum + total_sales, 0);
  const columns: readonly SortedColumn<Total>[] = [
    {
      name: 'store',
      title: 'Store',
      isRowName: true,
      sortBy: (row) => row.value,
      cell: (row) => (
        <Link
          to="/sales-team"
          search={{ tab: 'ranks', store: row.value, ...(month === undefined ? {} : { month }) } as never}
          className="hover:text-accent hover:underline"
        >
          Store {row.value}
        </Link>
      ),
    },
    {
      name: 'total_sales',
      title: 'Sales',
      isFigure: true,
      sortBy: (row) => row.total_sales,
      cell: (row) => formatMoney(row.total_sales),
    },
    {
      name: 'share',
      title: 'Share',
      definition: 'Of the sales of all stores.',
      isFigure: true,
      sortBy: (row) => row.total_sales,
      cell: (row) => formatShare(all === 0 ? null : row.total_sales / all),
    },
    {
      name: 'incentive',
      title: 'Incentives',
      definition: 'Paid to whoever is first in a store and month.',
      isFigure: true,
      sortBy: (row) => row.incentive,
      cell: (row) => formatExactMoney(row.incentive),
    },
    {
      name: 'entries',
      title: month === undefined ? 'Salesperson-months' : 'Salespeople',
      definition: 'Salespeople with a sale, counted anew in each month.',
      isFigure: true,
      sortBy: (row) => row.entries,
      cell: (row) => formatCount(row.entries),
    },
  ];
  return (
    <>
      <div className="px-4 py-3">
        <BarChart
          caption="Sales by store"
          labelTitle="Store"
          valueTitle="Sales"
          bars={rows.slice(0, 12).map(({ value, total_sales }) => ({
            key: value,
            label: `Store ${value}`,
            value: total_sales,
            text: formatShortMoney(total_sales),
          }))}
        />
      </div>
      <SortedTable
        caption="Table of stores"
        columns={columns}
        rows={rows}
        rowKey={({ value }) => value}
        defaultSort="-total_sales"
      />
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, title: string])[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={id} className="text-xs text-muted">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className="h-8 max-w-44 rounded-md border border-edge bg-surface px-2 text-sm"
      >
        <option value="">All</option>
        {options.map(([each, title]) => (
          <option key={each} value={each}>
            {title}
          </option>
        ))}
      </select>
    </span>
  );
}
