import type { Customer } from '../../../../lambdas/api/contract/customer.ts';
import { compare, KpiCard } from '../../components/kpi-card.tsx';
import { formatDaysAhead } from '../../format/dates.ts';
import { formatChange, formatCount, formatCounted, formatMoney, formatPercent } from '../../format/figures.ts';

const before = 'on the 12 months before';

/** The account's own figures. */
export function CustomerFigures({ metrics }: { readonly metrics: Customer['metrics'] }) {
  return (
    <section aria-label="Figures" className="grid grid-cols-1 gap-3 min-[22rem]:grid-cols-2 xl:grid-cols-4">
      <KpiCard
        label="Annual revenue"
        value={formatMoney(metrics.annual_revenue)}
        definition={`Won opportunities, close date within the 12 months to the as-of date. In the 12 months before: ${formatMoney(metrics.previous_annual_revenue)}.`}
        comparison={compare(metrics.yoy_growth, 0, {
          write: (change) => formatChange(change, formatPercent),
          against: before,
          welcome: 'up',
        })}
        note="nothing won in the 12 months before"
      />
      <KpiCard
        label="Recurring revenue"
        value={formatMoney(metrics.arr)}
        definition="ARR: 12 × monthly price × quantity of active recurring assets. In USD per year."
        note={`per year, ${formatCounted(metrics.active_services, 'active service')}`}
      />
      <KpiCard
        label="Lifetime value"
        value={formatMoney(metrics.customer_lifetime_value)}
        definition="All that was won, and open amounts × probability that close within 12 months."
        note={`${formatMoney(metrics.clv_historical)} of it won`}
      />
      <KpiCard
        label="Pipeline"
        value={formatMoney(metrics.pipeline_amount)}
        definition="Sum of the amounts of open opportunities."
        note={formatCounted(metrics.open_opportunities, 'open opportunity', 'open opportunities')}
      />
      <KpiCard
        label="Win rate"
        value={formatPercent(metrics.win_rate)}
        definition="Won of the closed opportunities, by count; empty when none was closed."
        note={`of ${formatCount(metrics.closed_count)} closed; deals of ${formatMoney(metrics.average_deal_size)}`}
      />
      <KpiCard
        label="Overdue"
        value={formatMoney(metrics.overdue_amount)}
        definition="Open balances of posted invoices past their due date; empty without any invoice."
        note={
          (metrics.days_overdue ?? 0) > 0
            ? `the oldest for ${formatCounted(metrics.days_overdue ?? 0, 'day')}`
            : 'nothing past due'
        }
      />
      <KpiCard
        label="Contract ends"
        value={formatDaysAhead(metrics.days_to_expiry)}
        definition="End of the last activated contract without a successor, from the as-of date."
        note={metrics.days_to_expiry === null ? 'no activated contract' : 'last contract without a successor'}
      />
      <KpiCard
        label="Service levels kept"
        value={formatPercent(metrics.sla_compliance_rate)}
        definition="Milestones of support cases kept, of those due in the last 90 days; empty without one."
        note={`${formatCount(metrics.sla_breaches)} missed, ${formatCounted(metrics.escalated_cases, 'escalated case')} open`}
      />
    </section>
  );
}
