import type { Revenue, RevenueDimension } from '../../../../lambdas/api/contract/revenue.ts';
import { useApi } from '../../api/use-api.ts';
import { BarChart } from '../../components/bar-chart.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { KpiCard } from '../../components/kpi-card.tsx';
import { Panel, QueryContent, QueryPanel } from '../../components/panel.tsx';
import type { SortedColumn } from '../../components/sorted-table.tsx';
import { WholeList } from '../../components/whole-list.tsx';
import { formatCount, formatMoney, formatPercent, formatShortMoney } from '../../format/figures.ts';
import { dimensions, type RevenueRow } from './dimensions.ts';

const shownBars = 12;
const emptyReason = 'No org has been extracted yet: revenue comes from its opportunities.';

/** Revenue by one dimension: totals, the greatest parts, and all of them. */
export function RevenueView({ by }: { readonly by: RevenueDimension }) {
  const revenue = useApi<Revenue>(`/api/revenue/${by}`);
  const { title, label, columns } = dimensions[by];
  return (
    <div className="space-y-4">
      <QueryContent query={revenue} height="h-24">
        {({ data }) => <Totals rows={data} />}
      </QueryContent>
      <QueryPanel
        title={`Won by ${title.toLowerCase()}`}
        definition="Amounts of won opportunities up to the as-of date, over all time."
        query={revenue}
        height="h-80"
      >
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title="No revenue" reason={emptyReason} />
          ) : (
            <>
              <BarChart
                caption={`Revenue by ${title.toLowerCase()}`}
                labelTitle={title}
                valueTitle="Won"
                bars={data.slice(0, shownBars).map((row) => ({
                  key: label(row),
                  label: label(row),
                  value: row.total_revenue,
                  text: formatShortMoney(row.total_revenue),
                }))}
              />
              {data.length > shownBars ? (
                <p className="mt-2 text-xs text-muted">
                  The {shownBars} greatest of {formatCount(data.length)}; the table below has all.
                </p>
              ) : null}
            </>
          )
        }
      </QueryPanel>
      <Panel title={`All by ${title.toLowerCase()}`} isFlush>
        <WholeList<RevenueRow>
          noun="rows"
          path={`/api/revenue/${by}`}
          columns={[...columns.map(nameColumn), ...measures]}
          defaultSort="-total_revenue"
          rowKey={label}
          emptyReason={emptyReason}
        />
      </Panel>
    </div>
  );
}

function Totals({ rows }: { readonly rows: readonly RevenueRow[] }) {
  const sum = (value: (row: RevenueRow) => number) => rows.reduce((total, row) => total + value(row), 0);
  const won = sum((row) => row.opportunity_count);
  const lost = sum((row) => row.lost_count);
  const revenue = sum((row) => row.total_revenue);
  return (
    <div className="grid grid-cols-1 gap-3 min-[22rem]:grid-cols-2 xl:grid-cols-4">
      <KpiCard
        label="Won"
        value={formatShortMoney(revenue)}
        definition="Amounts of all won opportunities up to the as-of date."
        note={`${formatCount(won)} opportunities`}
      />
      <KpiCard
        label="Average deal"
        value={formatShortMoney(won === 0 ? null : revenue / won)}
        definition="Won amount / number of won opportunities; a dash when nothing was won."
        note={`${formatCount(sum((row) => row.account_count))} accounts`}
      />
      <KpiCard
        label="Win rate"
        value={formatPercent(won + lost === 0 ? null : (100 * won) / (won + lost))}
        definition="Won / (won + lost) by count; a dash when nothing was closed."
        note={`${formatCount(lost)} lost, ${formatShortMoney(sum((row) => row.lost_amount))}`}
      />
      <KpiCard
        label="Pipeline"
        value={formatShortMoney(sum((row) => row.pipeline_amount))}
        definition="Sum of the amounts of open opportunities."
        note={`${formatCount(sum((row) => row.open_count))} open opportunities`}
        to="/revenue"
        search={{ tab: 'pipeline' }}
      />
    </div>
  );
}

function nameColumn([name, title]: readonly [keyof RevenueRow, string], index: number): SortedColumn<RevenueRow> {
  return {
    name,
    title,
    isRowName: index === 0,
    sortBy: (row) => String(row[name] ?? ''),
    cell: (row) => row[name],
  };
}

type Measure = 'total_revenue' | 'pipeline_amount' | 'lost_amount' | 'avg_deal_size';

function moneyColumn(name: Measure, title: string, definition: string): SortedColumn<RevenueRow> {
  return {
    name,
    title,
    definition,
    isFigure: true,
    sortBy: (row) => row[name],
    cell: (row) => formatMoney(row[name]),
  };
}

function countColumn(
  name: 'opportunity_count' | 'open_count' | 'account_count',
  title: string,
): SortedColumn<RevenueRow> {
  return { name, title, isFigure: true, sortBy: (row) => row[name], cell: (row) => formatCount(row[name]) };
}

const measures: readonly SortedColumn<RevenueRow>[] = [
  moneyColumn('total_revenue', 'Won', 'Amounts of won opportunities up to the as-of date.'),
  countColumn('opportunity_count', 'Deals won'),
  moneyColumn(
    'avg_deal_size',
    'Average deal',
    'Won amount / number of won opportunities; a dash when nothing was won.',
  ),
  {
    name: 'win_rate',
    title: 'Win rate',
    definition: 'Won / (won + lost) by count; a dash when nothing was closed.',
    isFigure: true,
    sortBy: (row) => row.win_rate,
    cell: (row) => formatPercent(row.win_rate),
  },
  moneyColumn('pipeline_amount', 'Pipeline', 'Sum of the amounts of open opportunities.'),
  countColumn('open_count', 'Open deals'),
  moneyColumn('lost_amount', 'Lost', 'Sum of the amounts of lost opportunities.'),
  countColumn('account_count', 'Accounts'),
];
