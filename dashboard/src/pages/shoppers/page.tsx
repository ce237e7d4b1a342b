import type { Shoppers } from '../../../../lambdas/api/contract/sales.ts';
import type { ShopperSegments } from '../../../../lambdas/api/contract/totals.ts';
import { useApi } from '../../api/use-api.ts';
import { BarChart } from '../../components/bar-chart.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Definition } from '../../components/definition.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { KpiCard } from '../../components/kpi-card.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { Panel, QueryContent, QueryPanel } from '../../components/panel.tsx';
import { formatCount, formatPercent, formatShortMoney } from '../../format/figures.ts';
import { shopperColumns } from './columns.tsx';
import { segments } from './segments.ts';

const emptyReason = 'No sales file has been read yet: customers of the stores are those with a sale.';

export default function ShoppersPage() {
  const answer = useApi<ShopperSegments>('/api/shopper-segments');
  return (
    <>
      <PageTitle title="Shoppers" subtitle="Customers of the stores: what they spend, and who stays away" />
      <div className="space-y-4">
        <QueryContent query={answer} height="h-24">
          {({ data }) => <Totals rows={data} />}
        </QueryContent>
        <div className="grid gap-4 xl:grid-cols-2">
          <QueryPanel title="Customers by segment" query={answer} height="h-32">
            {({ data }) => (
              <Segments rows={data} caption="Customers by segment" value={(row) => row.customers} write={formatCount} />
            )}
          </QueryPanel>
          <QueryPanel title="Lifetime value by segment" query={answer} height="h-32">
            {({ data }) => (
              <Segments
                rows={data}
                caption="Lifetime value by segment"
                value={(row) => row.customer_lifetime_value}
                write={(value) => formatShortMoney(value)}
              />
            )}
          </QueryPanel>
        </div>
        <Panel title="All customers of the stores" isFlush>
          <DataTable<Shoppers['data'][number]>
            noun="shoppers"
            path="/api/sales-customers"
            columns={shopperColumns}
            filters={[
              { name: 'customer_segment', label: 'Segment' },
              {
                name: 'high_value',
                label: 'Value',
                options: [
                  ['true', 'high value'],
                  ['false', 'others'],
                ],
              },
              {
                name: 'inactive',
                label: 'Activity',
                options: [
                  ['true', 'inactive'],
                  ['false', 'active'],
                ],
              },
            ]}
            hasSearch
            defaultSort="-customer_lifetime_value"
            rowKey={(row) => row.customer_id}
            emptyReason={emptyReason}
          />
        </Panel>
      </div>
    </>
  );
}

type Segment = ShopperSegments['data'][number];

function Totals({ rows }: { readonly rows: readonly Segment[] }) {
  const sum = (value: (row: Segment) => number) => rows.reduce((total, row) => total + value(row), 0);
  const customers = sum((row) => row.customers);
  const inactive = sum((row) => row.inactive);
  const value = sum((row) => row.customer_lifetime_value);
  const share = (part: number) => `${formatPercent(customers === 0 ? null : (100 * part) / customers)} of all`;
  const highValue = sum((row) => row.high_value);
  return (
    <div className="grid grid-cols-1 gap-3 min-[22rem]:grid-cols-2 xl:grid-cols-4">
      <KpiCard
        label="Customers"
        value={formatCount(customers)}
        definition="Customers of the stores with a sale up to the as-of date."
        note={`${formatCount(sum((row) => row.purchases))} purchases`}
        to="/shoppers"
      />
      <KpiCard
        label="Lifetime value"
        value={formatShortMoney(value)}
        definition="Sum of all their amounts up to the as-of date."
        note={customers === 0 ? 'no customers' : `${formatShortMoney(value / customers)} each on average`}
        to="/shoppers"
        search={{ sort: '-customer_lifetime_value' }}
      />
      <KpiCard
        label="High value"
        value={formatCount(highValue)}
        definition="Top decile by lifetime value."
        note={share(highValue)}
        to="/shoppers"
        search={{ high_value: 'true' }}
      />
      <KpiCard
        label="Inactive"
        value={formatCount(inactive)}
        definition="Last purchase more than 90 days before the as-of date."
        note={share(inactive)}
        to="/shoppers"
        search={{ inactive: 'true' }}
      />
    </div>
  );
}

interface SegmentsProps {
  readonly rows: readonly Segment[];
  readonly caption: string;
  readonly value: (row: Segment) => number;
  readonly write: (value: number) => string;
}

function Segments({ rows, caption, value, write }: SegmentsProps) {
  if (rows.every(({ customers }) => customers === 0)) return <EmptyState title="No customers" reason={emptyReason} />;
  return (
    <BarChart
      caption={caption}
      labelTitle="Segment"
      valueTitle={caption}
      bars={rows.map((row) => ({
        key: row.customer_segment,
        label: <Definition text={segments[row.customer_segment].meaning}>{row.customer_segment}</Definition>,
        value: value(row),
        text: write(value(row)),
        tone: row.customer_segment === 'At-Risk' ? 'warn' : 'accent',
      }))}
    />
  );
}
