import { useParams } from '@tanstack/react-router';
import type { ShopperMonths } from '../../../../lambdas/api/contract/sales.ts';
import { useApi } from '../../api/use-api.ts';
import { ColumnChart } from '../../components/column-chart.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { QueryPanel } from '../../components/panel.tsx';
import { formatMonth } from '../../format/dates.ts';
import { formatCount, formatExactMoney, formatPoints, formatShortMoney, unknown } from '../../format/figures.ts';
import { ActivityBadge } from './columns.tsx';
import { SegmentBadge } from './segment-badge.tsx';

/** One customer of the stores, month by month. */
export default function ShopperPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const answer = useApi<ShopperMonths>(`/api/sales-customers/${encodeURIComponent(id)}`);
  const shopper = answer.data?.shopper;
  return (
    <>
      <PageTitle
        title={shopper?.full_name ?? `Customer ${id}`}
        subtitle={
          shopper === undefined ? (
            'Customer of the stores'
          ) : (
            <span className="flex flex-wrap items-center gap-2">
              Customer {id} <SegmentBadge segment={shopper.customer_segment} /> <ActivityBadge row={shopper} />
            </span>
          )
        }
      />
      <div className="space-y-4">
        <QueryPanel title="In figures" query={answer} height="h-24">
          {(data) => <Figures {...data} />}
        </QueryPanel>
        {answer.error?.status === 404 ? null : (
          <QueryPanel
            title="Sales by month"
            definition="Months with a sale; others are left out."
            query={answer}
            height="h-60"
          >
            {({ months }) =>
              months.length === 0 ? (
                <EmptyState title="No months" reason="No sale of this customer up to the as-of date." />
              ) : (
                <ColumnChart
                  caption="Sales by month"
                  labelTitle="Month"
                  valueTitle="Sales"
                  write={(value) => formatShortMoney(value)}
                  columns={months.map(({ sales_date_month, total_sales }) => ({
                    key: sales_date_month,
                    label: formatMonth(sales_date_month),
                    value: total_sales,
                  }))}
                />
              )
            }
          </QueryPanel>
        )}
      </div>
    </>
  );
}

function Figures({ shopper }: ShopperMonths) {
  return (
    <Facts
      facts={[
        {
          term: 'Lifetime value',
          definition: 'Sum of all amounts up to the as-of date.',
          value: formatExactMoney(shopper.customer_lifetime_value),
        },
        { term: 'Purchases', definition: 'Number of transactions.', value: formatCount(shopper.purchase_frequency) },
        {
          term: 'Per purchase',
          definition: 'Lifetime value / number of transactions.',
          value: formatExactMoney(shopper.monetary_value),
        },
        {
          term: 'Per month',
          definition: 'Lifetime value / months with a sale.',
          value: formatExactMoney(shopper.avg_monthly_spending),
        },
        { term: 'Largest purchase', value: formatExactMoney(shopper.max_single_transaction) },
        {
          term: 'Days between purchases',
          definition: 'Average; a dash with one purchase day.',
          value: formatPoints(shopper.avg_time_between_purchases),
        },
        { term: 'Days since the last one', value: formatCount(shopper.recency_days) },
        {
          term: 'Repeat purchases',
          definition: 'Distinct purchase days less one.',
          value: formatCount(shopper.repeat_purchases),
        },
        { term: 'Address', value: shopper.address ?? unknown },
        { term: 'Telephone', value: shopper.phone_number ?? unknown },
      ]}
    />
  );
}
