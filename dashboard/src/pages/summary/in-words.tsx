import type { Summary } from '../../../../lambdas/api/contract/summary.ts';
import { formatDay } from '../../format/dates.ts';
import { formatCount, formatPercent, formatPoints, formatShortMoney } from '../../format/figures.ts';

/** The state of things in sentences, each with its figures. */
export function InWords({ summary }: { readonly summary: Summary }) {
  return (
    <ul className="list-disc space-y-1.5 pl-5 text-base leading-6">
      {sentences(summary).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function sentences(summary: Summary): readonly string[] {
  const { total_revenue: now, previous_total_revenue: before, renewals_90_days: renewals, comparison } = summary;
  const growth = before > 0 ? (now / before - 1) * 100 : null;
  const critical = summary.health_distribution.find(({ status }) => status === 'Critical')?.customers ?? 0;
  const open = summary.recommendations.find(({ status }) => status === 'open');
  return [
    `${formatCount(summary.total_customers)} customers brought ${formatShortMoney(now)} in 12 months${growth === null ? '' : `, ${formatPercent(Math.abs(growth))} ${growth < 0 ? 'less' : 'more'} than in the 12 months before`}. Recurring revenue is ${formatShortMoney(summary.total_arr)} a year, the open pipeline ${formatShortMoney(summary.pipeline_amount)}.`,
    `Average health is ${formatPoints(summary.avg_health_score)} of 100${changeOf(summary.avg_health_score, comparison?.avg_health_score, comparison?.compared_with)}; ${formatCount(critical)} customers are critical.`,
    `${formatCount(summary.high_risk_customers)} customers are at high churn risk, and with them ${formatShortMoney(summary.revenue_at_risk)} of annual revenue.`,
    `${formatCount(renewals.customers)} contracts with ${formatShortMoney(renewals.annual_revenue)} of annual revenue end within 90 days. ${formatShortMoney(summary.overdue_amount)} are overdue.`,
    `${formatCount(open?.recommendations ?? 0)} recommendations worth ${formatShortMoney(open?.estimated_impact ?? 0)} wait for somebody; ${formatPercent(summary.recommendation_execution_rate)} of all were executed.`,
  ];
}

function changeOf(now: number | null, then: number | null | undefined, day: string | undefined): string {
  if (now === null || then === null || then === undefined) return '';
  const word = now > then ? 'up' : now < then ? 'down' : 'unchanged';
  return `, ${word} from ${formatPoints(then)} on ${formatDay(day)}`;
}
