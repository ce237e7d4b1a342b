import type { SalesPipeline } from '../../../../lambdas/api/contract/revenue.ts';
import type { PipelineTotals } from '../../../../lambdas/api/contract/totals.ts';
import { useAddress } from '../../address.ts';
import { useApi } from '../../api/use-api.ts';
import { BarChart } from '../../components/bar-chart.tsx';
import { ColumnChart } from '../../components/column-chart.tsx';
import type { Column } from '../../components/columns.ts';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Panel, QueryPanel } from '../../components/panel.tsx';
import { formatMonth } from '../../format/dates.ts';
import { formatCount, formatMoney, formatPoints, formatShortMoney } from '../../format/figures.ts';

type Row = SalesPipeline['data'][number];

const emptyReason = 'No opportunity closes in these months, or no org has been extracted yet.';

const columns: readonly Column<Row>[] = [
  { name: 'stage', title: 'Stage', isSortable: true, isRowName: true, cell: (row) => row.stage },
  { name: 'forecast_category', title: 'Forecast', cell: (row) => row.forecast_category },
  {
    name: 'close_month',
    title: 'Closes in',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatMonth(row.close_month),
  },
  {
    name: 'opportunity_count',
    title: 'Opportunities',
    isFigure: true,
    cell: (row) => formatCount(row.opportunity_count),
  },
  { name: 'amount', title: 'Amount', isSortable: true, isFigure: true, cell: (row) => formatMoney(row.amount) },
  {
    name: 'weighted_amount',
    title: 'Weighted',
    definition: 'Sum of amount × probability / 100.',
    isSortable: true,
    isFigure: true,
    cell: (row) => formatMoney(row.weighted_amount),
  },
  {
    name: 'avg_age_days',
    title: 'Age in days',
    definition: 'From creation to the as-of date, average of the open ones.',
    isFigure: true,
    cell: (row) => formatPoints(row.avg_age_days),
  },
  {
    name: 'avg_sales_cycle_days',
    title: 'Cycle in days',
    definition: 'From creation to close, average of the closed ones.',
    isFigure: true,
    cell: (row) => formatPoints(row.avg_sales_cycle_days),
  },
];

/** Months of the list as filter values: the newest first. */
function monthOptions(months: PipelineTotals | undefined): readonly (readonly [string, string])[] {
  return (months?.data ?? []).toReversed().map(({ value }) => [value, formatMonth(value)] as const);
}

/** Opportunities by stage and close month; the range of months holds for charts and list. */
export function PipelineView() {
  const { values } = useAddress();
  const range = { from: values.from, to: values.to };
  const stages = useApi<PipelineTotals>('/api/pipeline-totals/stage', range, { keepsPrevious: true });
  const months = useApi<PipelineTotals>('/api/pipeline-totals/close_month', range, { keepsPrevious: true });
  const everyMonth = useApi<PipelineTotals>('/api/pipeline-totals/close_month');
  const options = monthOptions(everyMonth.data);
  return (
    <div className="space-y-4">
      <div className="grid gap-4 xl:grid-cols-2">
        <QueryPanel
          title="Amount by stage"
          definition="Opportunities of the months chosen below, closed ones too."
          query={stages}
          height="h-72"
        >
          {({ data }) =>
            data.length === 0 ? (
              <EmptyState title="No opportunities" reason={emptyReason} />
            ) : (
              <BarChart
                caption="Amount by stage"
                labelTitle="Stage"
                valueTitle="Amount"
                bars={data.map(({ value, amount, opportunity_count }) => ({
                  key: value,
                  label: value,
                  value: amount,
                  text: `${formatShortMoney(amount)} in ${formatCount(opportunity_count)}`,
                  to: '/revenue',
                  search: { ...values, stage: value },
                }))}
              />
            )
          }
        </QueryPanel>
        <QueryPanel title="Amount by close month" query={months} height="h-72">
          {({ data }) =>
            data.length === 0 ? (
              <EmptyState title="No opportunities" reason={emptyReason} />
            ) : (
              <ColumnChart
                caption="Amount by close month"
                labelTitle="Month"
                valueTitle="Amount"
                write={(value) => formatShortMoney(value)}
                columns={data.map(({ value, amount }) => ({ key: value, label: formatMonth(value), value: amount }))}
              />
            )
          }
        </QueryPanel>
      </div>
      <Panel title="Opportunities" definition="By stage, forecast category and close month." isFlush>
        <DataTable<Row>
          noun="rows"
          path="/api/pipeline"
          columns={columns}
          filters={[
            { name: 'stage', label: 'Stage' },
            { name: 'forecast_category', label: 'Forecast' },
            { name: 'from', label: 'From', options },
            { name: 'to', label: 'To', options },
          ]}
          defaultSort="-close_month"
          rowKey={(row) => `${row.stage} ${row.forecast_category} ${row.close_month}`}
          emptyReason="No org has been extracted yet: the pipeline comes from its opportunities."
        />
      </Panel>
    </div>
  );
}
