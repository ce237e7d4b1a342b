import type { UseQueryResult } from '@tanstack/react-query';
import type { Summary } from '../../../../lambdas/api/contract/summary.ts';
import type { ApiError } from '../../api/api-error.ts';
import { compare, KpiCard } from '../../components/kpi-card.tsx';
import { QueryContent } from '../../components/panel.tsx';
import { formatDay } from '../../format/dates.ts';
import { formatChange, formatCount, formatPercent, formatPoints, formatShortMoney } from '../../format/figures.ts';

const byRevenue = { sort: '-annual_revenue' };

/** Eight figures, each compared with what it was, each leading to the customers behind it. */
export function HeadlineFigures({ summary }: { readonly summary: UseQueryResult<Summary, ApiError> }) {
  return (
    <section aria-label="Headline figures">
      <QueryContent query={summary} height="h-56">
        {(answer) => (
          <div className="grid grid-cols-1 min-[22rem]:grid-cols-2 xl:grid-cols-4 gap-3">
            <Figures {...answer} />
          </div>
        )}
      </QueryContent>
    </section>
  );
}

function Figures(answer: Summary) {
  const then = answer.comparison;
  const against = then === null ? '' : `since ${formatDay(then.compared_with)}`;
  const noHistory = 'no figure of 30 days ago yet';
  const growth =
    answer.previous_total_revenue > 0 ? (answer.total_revenue / answer.previous_total_revenue - 1) * 100 : null;
  return (
    <>
      <KpiCard
        label="Annual revenue"
        value={formatShortMoney(answer.total_revenue)}
        definition="Won opportunities of all customers, close date within the 12 months to the as-of date."
        comparison={compare(growth, 0, {
          write: (change) => formatChange(change, formatPercent),
          against: 'on the 12 months before',
          welcome: 'up',
        })}
        to="/customers"
        search={byRevenue}
      />
      <KpiCard
        label="Recurring revenue"
        value={formatShortMoney(answer.total_arr)}
        definition="ARR: 12 × monthly price × quantity of active recurring assets. In USD per year."
        note="per year, from active assets"
        to="/customers"
        search={byRevenue}
      />
      <KpiCard
        label="Customers"
        value={formatCount(answer.total_customers)}
        definition="Accounts of the CRM that are not deleted."
        note={`${formatCount(answer.open_alerts)} alerts stand`}
        to="/customers"
      />
      <KpiCard
        label="Average health"
        value={formatPoints(answer.avg_health_score)}
        definition="Average of the known health scores, 0 to 100. Each weighs payment, support, usage and engagement."
        comparison={compare(answer.avg_health_score, then?.avg_health_score, {
          write: (change) => formatChange(change, formatPoints),
          against,
          welcome: 'up',
        })}
        note={noHistory}
        to="/customers"
        search={{ sort: 'health_score' }}
      />
      <KpiCard
        label="High churn risk"
        value={formatCount(answer.high_risk_customers)}
        definition="Customers whose churn risk score is 70 or more."
        comparison={compare(answer.high_risk_customers, then?.high_risk_customers, {
          write: formatChange,
          against,
          welcome: 'down',
        })}
        note={noHistory}
        to="/customers"
        search={{ churn_risk_level: 'HIGH' }}
      />
      <KpiCard
        label="Revenue at risk"
        value={formatShortMoney(answer.revenue_at_risk)}
        definition="Annual revenue of the customers at high churn risk. The comparison takes those of then at their revenue of today."
        comparison={compare(answer.revenue_at_risk, then?.revenue_at_risk, {
          write: (change) => formatChange(change, formatShortMoney),
          against,
          welcome: 'down',
        })}
        note={noHistory}
        to="/customers"
        search={{ churn_risk_level: 'HIGH', sort: '-annual_revenue' }}
      />
      <KpiCard
        label="Pipeline"
        value={formatShortMoney(answer.pipeline_amount)}
        definition="Sum of the amounts of open opportunities."
        note="open opportunities"
        to="/customers"
        search={{ sort: '-pipeline_amount' }}
      />
      <KpiCard
        label="Overdue"
        value={formatShortMoney(answer.overdue_amount)}
        definition="Open balances of posted invoices past their due date."
        note="open balances past due"
        to="/customers"
        search={{ sort: '-overdue_amount' }}
      />
    </>
  );
}
