import { divideHalfAway, hundredths, scaled, sum } from './arithmetic.ts';
import { daysBetween } from './calendar.ts';

/** A silver record as a query gives it: decimals and whole numbers as texts. */
export type SilverRecord = Readonly<Record<string, unknown>>;

/** All records of one account that are not deleted, by silver table; milestones with their case. */
export interface AccountRecords {
  readonly creditLimit: unknown;
  readonly opportunities: readonly SilverRecord[];
  readonly assets: readonly SilverRecord[];
  readonly contracts: readonly SilverRecord[];
  readonly cases: readonly SilverRecord[];
  readonly milestones: readonly SilverRecord[];
  readonly invoices: readonly SilverRecord[];
  readonly usage: readonly SilverRecord[];
  readonly activities: readonly SilverRecord[];
}

const money = (value: unknown): bigint => (value === null || value === undefined ? 0n : scaled(value as number, 2));
const text = (value: bigint | null): string | null => (value === null ? null : hundredths(value));
const day = (value: unknown): string => String(value).slice(0, 10);
const clamp = (value: bigint): bigint => (value < 0n ? 0n : value > 10_000n ? 10_000n : value);
const ratio = (part: bigint, whole: bigint): bigint | null =>
  whole === 0n ? null : divideHalfAway(part * 10_000n, whole);

/** Every metric by itself, one filter per number: no shared passes, no SQL. Values as the mart has them, decimals as texts. */
export function customer360Of(records: AccountRecords, asOf: string): Record<string, string | number | null> {
  const revenue = revenueOf(records.opportunities, asOf);
  const subscription = subscriptionOf(records, asOf);
  const payment = paymentOf(records, asOf);
  const support = supportOf(records, asOf);
  const change = usageChange(records.usage, asOf);
  const engagement = engagementOf(records.activities, asOf);
  const trends = change === null ? null : clamp(5_000n + change);
  const decline = change === null ? null : clamp(-2n * change);
  const problems = 10_000n - support.quality;
  const silence = 10_000n - engagement;
  const health = mean([
    [30n, payment.history],
    [25n, support.quality],
    [25n, trends],
    [20n, engagement],
  ]);
  const churn = mean([
    [30n, decline],
    [30n, payment.issues],
    [25n, problems],
    [15n, silence],
  ]);
  return {
    ...revenue,
    ...subscription,
    days_overdue: payment.days,
    overdue_amount: text(payment.overdue),
    usage_change_90d: text(change),
    sla_breaches: support.violated,
    sla_compliance_rate: text(support.compliance),
    escalated_cases: support.escalated,
    payment_history: text(payment.history),
    support_quality: text(support.quality),
    usage_trends: text(trends),
    engagement_score: text(engagement),
    health_score: text(health.score),
    health_status:
      health.score === null
        ? 'Unknown'
        : health.score >= 8_000n
          ? 'Healthy'
          : health.score >= 5_000n
            ? 'At-Risk'
            : 'Critical',
    health_coverage: text(health.known),
    churn_usage_decline: text(decline),
    churn_payment_issues: text(payment.issues),
    churn_support_problems: text(problems),
    churn_low_engagement: text(silence),
    churn_risk_score: text(churn.score),
    churn_risk_level:
      churn.score === null ? 'Unknown' : churn.score >= 7_000n ? 'HIGH' : churn.score >= 4_000n ? 'MEDIUM' : 'LOW',
    churn_coverage: text(churn.known),
  };
}

function mean(parts: readonly (readonly [weight: bigint, value: bigint | null])[]): {
  score: bigint | null;
  known: bigint;
} {
  const given = parts.filter(([, value]) => value !== null);
  const known = sum(given.map(([weight]) => weight));
  const points = sum(given.map(([weight, value]) => weight * (value ?? 0n)));
  return { score: known < 50n ? null : divideHalfAway(points, known), known };
}

function yearsBefore(date: string, years: number): string {
  return `${Number(date.slice(0, 4)) - years}${date.slice(4)}`;
}

function revenueOf(deals: readonly SilverRecord[], asOf: string) {
  const won = deals.filter((deal) => deal.is_won === true && day(deal.close_date) <= asOf);
  const lost = deals.filter((deal) => deal.is_won !== true && deal.is_closed === true && day(deal.close_date) <= asOf);
  const open = deals.filter((deal) => deal.is_closed !== true);
  const between = (from: string, to: string) =>
    sum(
      won.filter((deal) => day(deal.close_date) > from && day(deal.close_date) <= to).map((deal) => money(deal.amount)),
    );
  const annual = between(yearsBefore(asOf, 1), asOf);
  const previous = between(yearsBefore(asOf, 2), yearsBefore(asOf, 1));
  const historical = sum(won.map((deal) => money(deal.amount)));
  const soon = open.filter((deal) => day(deal.close_date) >= asOf && day(deal.close_date) <= yearsBefore(asOf, -1));
  const projected = divideHalfAway(sum(soon.map((deal) => money(deal.amount) * money(deal.probability))), 10_000n);
  return {
    annual_revenue: text(annual),
    revenue_ytd: text(between(`${Number(asOf.slice(0, 4)) - 1}-12-31`, asOf)),
    previous_annual_revenue: text(previous),
    yoy_growth: previous <= 0n ? null : text(ratio(annual - previous, previous)),
    clv_historical: text(historical),
    clv_projected: text(projected),
    customer_lifetime_value: text(historical + projected),
    win_rate: text(ratio(BigInt(won.length), BigInt(won.length + lost.length))),
    closed_count: won.length + lost.length,
    average_deal_size: won.length === 0 ? null : text(divideHalfAway(historical, BigInt(won.length))),
    open_opportunities: open.length,
    pipeline_amount: text(sum(open.map((deal) => money(deal.amount)))),
  };
}

/** Sixtieths of a year's ten-thousandths hold every interval that the org has without a remainder. */
function subscriptionOf({ assets, contracts }: AccountRecords, asOf: string) {
  const active = assets.filter(
    (asset) =>
      asset.is_competitor_product !== true &&
      asset.status !== 'Obsolete' &&
      asset.install_date !== null &&
      day(asset.install_date) <= asOf &&
      (asset.usage_end_date === null || day(asset.usage_end_date) > asOf),
  );
  const times: Record<string, bigint> = { week: 52n, month: 12n, year: 1n };
  const yearly = active
    .filter((asset) => asset.is_recurring === true)
    .map((asset) => {
      const perYear = money(asset.price) * money(asset.quantity) * (times[String(asset.billing_frequency)] ?? 0n);
      return (60n * perYear) / BigInt(Number(asset.billing_interval_count ?? 1));
    });
  const ends = contracts
    .filter((contract) => ['Activated', 'Expired'].includes(String(contract.status)))
    .map((contract) => day(contract.end_date));
  const last = ends.toSorted().at(-1);
  const days = last === undefined ? null : daysBetween(asOf, last);
  return {
    mrr: text(divideHalfAway(sum(yearly), 60n * 12n * 100n)),
    arr: text(divideHalfAway(sum(yearly), 60n * 100n)),
    active_services: new Set(active.map((asset) => asset.product_id)).size,
    days_to_expiry: days === null || days < -90 ? null : days,
  };
}

function paymentOf({ invoices, creditLimit }: AccountRecords, asOf: string) {
  const sent = invoices.filter(
    (invoice) => ['Posted', 'Paid'].includes(String(invoice.status)) && day(invoice.invoice_date) <= asOf,
  );
  if (sent.length === 0) return { days: null, overdue: null, history: null, issues: null };
  const open = (invoice: SilverRecord) =>
    invoice.status === 'Paid' ? 0n : money(invoice.amount) - money(invoice.paid_amount);
  const late = sent.filter((invoice) => open(invoice) > 0n && day(invoice.due_date) < asOf);
  const days = Math.max(0, ...late.map((invoice) => daysBetween(day(invoice.due_date), asOf)));
  const overdue = sum(late.map(open));
  const due = sent.filter((invoice) => day(invoice.due_date) <= asOf && daysBetween(day(invoice.due_date), asOf) < 365);
  const left = (from: unknown, to: string) => BigInt(90 - Math.min(90, Math.max(0, daysBetween(day(from), to))));
  const points = due.map((invoice) => {
    const paid =
      (money(invoice.amount) - open(invoice)) * left(invoice.due_date, day(invoice.paid_date ?? invoice.due_date));
    return paid + open(invoice) * left(invoice.due_date, asOf);
  });
  const amount = sum(due.map((invoice) => money(invoice.amount)));
  const limit = money(creditLimit);
  const exposure = limit === 0n ? 0n : divideHalfAway(5_000n * overdue, limit);
  return {
    days,
    overdue,
    history: amount === 0n ? null : divideHalfAway(sum(points) * 10_000n, 90n * amount),
    issues: clamp(200n * BigInt(days) + exposure),
  };
}

function supportOf({ cases, milestones }: AccountRecords, asOf: string) {
  const due = milestones.filter((one) => day(one.target_date) <= asOf && daysBetween(day(one.target_date), asOf) < 90);
  const violated = due.filter((one) =>
    one.completion_date === null ? day(one.target_date) < asOf : String(one.completion_date) > String(one.target_date),
  ).length;
  const open = cases.filter((one) => one.is_closed !== true);
  const escalated = open.filter((one) => one.is_escalated === true).length;
  const load = open.reduce((total, one) => total + ({ High: 3, Medium: 2 }[String(one.priority)] ?? 1), 0);
  const promised = BigInt(due.length === 0 ? 1 : due.length);
  const kept = due.length === 0 ? 1n : BigInt(due.length - violated);
  const backlog = BigInt(Math.max(0, 100 - 10 * load));
  const calm = BigInt(Math.max(0, 100 - 50 * escalated));
  return {
    violated,
    escalated,
    compliance: due.length === 0 ? null : ratio(kept, promised),
    quality: divideHalfAway(5_000n * kept + (30n * backlog + 20n * calm) * promised, promised),
  };
}

function usageChange(usage: readonly SilverRecord[], asOf: string): bigint | null {
  const total = (from: number, to: number) =>
    sum(
      usage
        .filter((one) => one.metric === 'api_calls')
        .filter((one) => daysBetween(day(one.usage_date), asOf) >= from && daysBetween(day(one.usage_date), asOf) < to)
        .map((one) => money(one.quantity)),
    );
  const recent = total(0, 90);
  const previous = total(90, 180);
  if (previous === 0n) return recent === 0n ? null : 10_000n;
  return ratio(recent - previous, previous);
}

function engagementOf(activities: readonly SilverRecord[], asOf: string): bigint {
  const ages = activities.map((one) => daysBetween(day(one.activity_date), asOf)).filter((age) => age >= 0);
  if (ages.length === 0) return 0n;
  const fresh = BigInt(Math.max(0, 90 - Math.min(...ages)));
  const many = BigInt(Math.min(6, ages.filter((age) => age < 90).length));
  return divideHalfAway(5_000n * fresh * 6n + 5_000n * many * 90n, 540n);
}
