import type { z } from 'zod';
import type { ServedFilter, ServedTotal, ServingSnapshot, TotalsQuery } from '../../ports/serving-store.ts';
import type { Summary, summaryResponse } from '../contract/summary.ts';
import { churnLevels, healthStatuses, recommendationStatuses } from '../contract/values.ts';
import type { ActionState } from '../recent-actions.ts';
import { type Route, sourceOf } from '../route.ts';
import { money } from './hundredths.ts';

const shown = 10;
const dayMilliseconds = 86_400_000;

/** Headline figures of the customers that the reader may see. */
export const getSummary: Route = {
  version: async ({ recentActions }) => (await recentActions.state()).sequence,
  answer: async ({ snapshot, principal, recentActions }) => {
    const state = await recentActions.state();
    return { body: JSON.stringify(new CustomerFigures(snapshot(), principal.territories).summary(state)) };
  },
};

type Row = z.infer<typeof summaryResponse>['top_revenue_customers'][number];

class CustomerFigures {
  readonly #snapshot: ServingSnapshot;
  readonly #territories: readonly string[] | null;

  constructor(snapshot: ServingSnapshot, territories: readonly string[] | null) {
    this.#snapshot = snapshot;
    this.#territories = territories;
  }

  summary(state: ActionState): Summary {
    const { asOf, runId } = this.#snapshot.meta;
    const [all] = this.#totals('customer', null, sums);
    const highRisk = this.#highRisk('churn_risk_level');
    return {
      total_customers: all?.count ?? 0,
      total_revenue: money(all?.sums.annual_revenue),
      previous_total_revenue: money(all?.sums.previous_annual_revenue),
      avg_health_score: this.#average('health_score'),
      high_risk_customers: highRisk?.count ?? 0,
      revenue_at_risk: money(highRisk?.sums.annual_revenue),
      total_arr: money(all?.sums.arr),
      pipeline_amount: money(all?.sums.pipeline_amount),
      overdue_amount: money(all?.sums.overdue_amount),
      open_alerts: Number(all?.sums.open_alerts ?? 0),
      comparison: this.#comparison(),
      health_distribution: this.#distribution('health_status', healthStatuses).map(({ value, ...figures }) => ({
        status: value,
        ...figures,
      })),
      risk_distribution: this.#distribution('churn_risk_level', churnLevels).map(({ value, ...figures }) => ({
        level: value,
        ...figures,
      })),
      top_revenue_customers: this.#customers([], null),
      at_risk_customers: this.#customers([{ column: 'churn_risk_level', any: ['HIGH'] }], null),
      ...this.#recommendations(state),
      status_changes: { days_7: this.#changes(7), days_30: this.#changes(30) },
      renewals_90_days: this.#renewals(),
      run_id: runId,
      as_of: asOf,
      source: sourceOf(this.#snapshot),
    };
  }

  #totals(
    collection: string,
    groupBy: string | null,
    columns: readonly string[],
    filters: readonly ServedFilter[] = [],
  ) {
    const query: TotalsQuery = {
      collection,
      filters,
      groupBy,
      sums: columns,
      territories: this.#territories,
      search: null,
    };
    return this.#snapshot.totals(query);
  }

  #highRisk(column: string): ServedTotal | undefined {
    return this.#totals('customer', null, ['annual_revenue'], [{ column, any: ['HIGH'] }])[0];
  }

  /** Of the customers with a score. */
  #average(column: string): number | null {
    const [known] = this.#totals('customer', null, [column], [{ column, known: true }]);
    const sum = known?.sums[column];
    return known === undefined || known.count === 0 || sum == null ? null : rounded(sum, BigInt(known.count));
  }

  /** Null when the history does not reach back so far. */
  #comparison(): Summary['comparison'] {
    const [then] = this.#totals('customer', null, [], [{ column: 'health_status_30', known: true }]);
    if (then === undefined || then.count === 0) return null;
    const highRisk = this.#highRisk('churn_risk_level_30');
    return {
      compared_with: this.#daysAgo(30),
      avg_health_score: this.#average('health_score_30'),
      high_risk_customers: highRisk?.count ?? 0,
      revenue_at_risk: money(highRisk?.sums.annual_revenue),
    };
  }

  #distribution<Value extends string>(column: string, values: readonly Value[]) {
    const totals = new Map(this.#totals('customer', column, ['annual_revenue']).map((total) => [total.value, total]));
    return values.map((value) => ({
      value,
      customers: totals.get(value)?.count ?? 0,
      annual_revenue: money(totals.get(value)?.sums.annual_revenue),
    }));
  }

  #customers(filters: readonly ServedFilter[], sort: { column: string; descending: boolean } | null): Row[] {
    const query = { collection: 'customer', filters, territories: this.#territories, search: null, sort };
    return this.#snapshot.list({ ...query, limit: shown, after: null }).rows.map((row) => JSON.parse(row) as Row);
  }

  #changes(days: 7 | 30): Summary['status_changes']['days_7'] {
    const order = ['Critical', 'At-Risk', 'Healthy'];
    let [improved, worsened, known] = [0, 0, 0];
    for (const before of order) {
      const filters = [{ column: `health_status_${days}`, any: [before] }];
      for (const { value, count } of this.#totals('customer', 'health_status', [], filters)) {
        const now = order.indexOf(String(value));
        known += count;
        if (now > order.indexOf(before)) improved += count;
        if (now !== -1 && now < order.indexOf(before)) worsened += count;
      }
    }
    return { improved, worsened, compared_with: known === 0 ? null : this.#daysAgo(days) };
  }

  #renewals(): Summary['renewals_90_days'] {
    const filters = [{ column: 'days_to_expiry', from: 0, to: 90 }];
    const [total] = this.#totals('customer', null, ['annual_revenue'], filters);
    return {
      customers: total?.count ?? 0,
      annual_revenue: money(total?.sums.annual_revenue),
      next: this.#customers(filters, { column: 'days_to_expiry', descending: false }),
    };
  }

  /** By status as of the publication, corrected by what people decided since. */
  #recommendations({ statuses }: ActionState): Pick<Summary, 'recommendations' | 'recommendation_execution_rate'> {
    const counts = new Map<string, { count: number; impact: bigint }>();
    const add = (status: string, count: number, impact: bigint) => {
      const before = counts.get(status) ?? { count: 0, impact: 0n };
      counts.set(status, { count: before.count + count, impact: before.impact + impact });
    };
    for (const { value, count, sums } of this.#totals('recommendation', 'status', ['estimated_impact'])) {
      add(String(value), count, sums.estimated_impact ?? 0n);
    }
    for (const [id, status] of statuses) {
      const text = this.#snapshot.get('recommendation', id, 'row', this.#territories);
      if (text === null) continue;
      const known = JSON.parse(text) as { status: string; estimated_impact: number };
      const impact = BigInt(Math.round(known.estimated_impact * 100));
      if (known.status === status) continue;
      add(known.status, -1, -impact);
      add(status, 1, impact);
    }
    const of = (names: readonly string[]) => names.reduce((sum, name) => sum + (counts.get(name)?.count ?? 0), 0);
    const raised = of(recommendationStatuses);
    return {
      recommendations: recommendationStatuses.map((status) => ({
        status,
        recommendations: counts.get(status)?.count ?? 0,
        estimated_impact: money(counts.get(status)?.impact),
      })),
      recommendation_execution_rate:
        raised === 0 ? null : rounded(BigInt(of(['pending', 'scheduled', 'done'])) * 10_000n, BigInt(raised)),
    };
  }

  #daysAgo(days: number): string {
    return new Date(Date.parse(this.#snapshot.meta.asOf) - days * dayMilliseconds).toISOString().slice(0, 10);
  }
}

const sums = ['annual_revenue', 'previous_annual_revenue', 'arr', 'pipeline_amount', 'overdue_amount', 'open_alerts'];

/** Hundredths as a number. */
/** A quotient of hundredths, rounded half away from zero to a hundredth. */
function rounded(sum: bigint, divisor: bigint): number {
  const sign = sum < 0n ? -1n : 1n;
  return Number((2n * sum + sign * divisor) / (2n * divisor)) / 100;
}
