import type { UseQueryResult } from '@tanstack/react-query';
import type { Summary } from '../../../../lambdas/api/contract/summary.ts';
import type { ApiError } from '../../api/api-error.ts';
import { BarChart, type ChartTone } from '../../components/bar-chart.tsx';
import { churnName, churnTone, healthTone } from '../../components/customer-status.tsx';
import { QueryPanel } from '../../components/panel.tsx';
import { recommendationStatusNames } from '../../components/recommendation-status.tsx';
import { formatCount, formatPercent, formatShortMoney } from '../../format/figures.ts';

const height = 'h-36';

/** How customers and recommendations divide; each bar leads to what it counts. */
export function Distributions({ summary }: { readonly summary: UseQueryResult<Summary, ApiError> }) {
  return (
    <div className="grid gap-4 lg:grid-cols-2 xl:grid-cols-3">
      <QueryPanel
        title="Health"
        definition="Customers by health status, with their annual revenue. Healthy from 80, at risk from 50, else critical; unknown when less than half of the weights is known."
        query={summary}
        height={height}
      >
        {({ health_distribution }) => (
          <BarChart
            caption="Customers by health"
            labelTitle="Health"
            valueTitle="Customers and annual revenue"
            bars={health_distribution.map(({ status, customers, annual_revenue }) => ({
              key: status,
              label: status,
              value: customers,
              text: <Pair figure={formatCount(customers)} beside={formatShortMoney(annual_revenue)} />,
              tone: healthTone(status),
              to: '/customers',
              search: { health_status: status },
            }))}
          />
        )}
      </QueryPanel>
      <QueryPanel
        title="Churn risk"
        definition="Customers by level of churn risk, with their annual revenue. High from 70, medium from 40. The revenue beside High is the revenue at risk."
        query={summary}
        height={height}
      >
        {({ risk_distribution }) => (
          <BarChart
            caption="Customers by churn risk"
            labelTitle="Churn risk"
            valueTitle="Customers and annual revenue"
            bars={risk_distribution.map(({ level, customers, annual_revenue }) => ({
              key: level,
              label: churnName(level),
              value: customers,
              text: <Pair figure={formatCount(customers)} beside={formatShortMoney(annual_revenue)} />,
              tone: churnTone(level),
              to: '/customers',
              search: { churn_risk_level: level },
            }))}
          />
        )}
      </QueryPanel>
      <QueryPanel
        title="Recommendations"
        definition="What the data ask for, by what became of it, with the estimated impact. Executed: pending, scheduled or done."
        query={summary}
        height={height}
        className="lg:max-xl:col-span-2"
      >
        {({ recommendations, recommendation_execution_rate }) => (
          <>
            <BarChart
              caption="Recommendations by state"
              labelTitle="State"
              valueTitle="Recommendations and estimated impact"
              bars={recommendations
                .filter(({ status, recommendations: count }) => count > 0 || usualStates.includes(status))
                .map(({ status, recommendations: count, estimated_impact }) => ({
                  key: status,
                  label: recommendationStatusNames[status],
                  value: count,
                  tone: stateTones[status],
                  text: <Pair figure={formatCount(count)} beside={formatShortMoney(estimated_impact)} />,
                  ...(status === 'open' ? { to: '/customers', search: { has_recommendations: 'true' } } : {}),
                }))}
            />
            <p className="mt-2 text-xs text-muted">
              {formatPercent(recommendation_execution_rate)} of them are executed.
            </p>
          </>
        )}
      </QueryPanel>
    </div>
  );
}

/** Shown even when nothing is in them. */
const usualStates: readonly string[] = ['open', 'scheduled', 'done'];

const stateTones: Readonly<Record<Summary['recommendations'][number]['status'], ChartTone>> = {
  open: 'accent',
  pending: 'warn',
  scheduled: 'good',
  done: 'good',
  dismissed: 'quiet',
  expired: 'quiet',
};

function Pair({ figure, beside }: { readonly figure: string; readonly beside: string }) {
  return (
    <>
      {figure}
      <span className="ml-3 inline-block w-20 text-muted">{beside}</span>
    </>
  );
}
