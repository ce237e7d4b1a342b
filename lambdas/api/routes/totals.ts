import type { z } from 'zod';
import type { ServedFilter, ServedTotal } from '../../ports/serving-store.ts';
import { shopperSegments } from '../contract/sales.ts';
import {
  pipelineTotalSchema,
  salesTotalSchema,
  type ShopperSegments,
  shopperSegmentSchema,
} from '../contract/totals.ts';
import { type Reply, type Route, type RouteRequest, sourceOf } from '../route.ts';
import { money } from './hundredths.ts';
import { exportOf } from './list-route.ts';

/** Sums of a collection over the rows that the reader may see, by the values of a column. */
function totalsOf(
  request: RouteRequest,
  collection: string,
  groupBy: string,
  sums: readonly string[],
  filters: readonly ServedFilter[] = [],
): readonly ServedTotal[] {
  const { territories } = request.principal;
  return request.snapshot().totals({ collection, groupBy, sums, filters, territories, search: null });
}

function replyOf(request: RouteRequest, name: string, row: z.ZodObject, data: readonly object[]): Reply {
  if (request.wantsCsv) {
    return { body: exportOf(name, Object.keys(row.shape), [data.map((each) => JSON.stringify(each))]) };
  }
  return { body: JSON.stringify({ data, source: sourceOf(request.snapshot()) }) };
}

export const listSalesTotals: Route = {
  version: () => '',
  answer: (request) => {
    const { store, month } = request.query;
    const filters = [
      ...(store === undefined ? [] : [{ column: 'store_id', any: [store] }]),
      ...(month === undefined ? [] : [{ column: 'sales_month', any: [month] }]),
    ];
    const isByMonth = request.parameters.by === 'month';
    const column = isByMonth ? 'sales_month' : 'store_id';
    const data = totalsOf(request, 'sales_team', column, ['total_sales', 'incentive'], filters)
      .map(({ value, count, sums }) => ({
        value: String(value),
        total_sales: money(sums.total_sales),
        incentive: money(sums.incentive),
        entries: count,
      }))
      .toSorted((a, b) => (isByMonth ? 0 : b.total_sales - a.total_sales) || byText(a.value, b.value));
    return replyOf(request, `sales-by-${request.parameters.by}`, salesTotalSchema, data);
  },
};

export const listShopperSegments: Route = {
  version: () => '',
  answer: (request) => {
    const bySegment = (filters: readonly ServedFilter[]) =>
      new Map(
        totalsOf(
          request,
          'shopper',
          'customer_segment',
          ['customer_lifetime_value', 'purchase_frequency'],
          filters,
        ).map((total) => [total.value, total]),
      );
    const all = bySegment([]);
    const inactive = bySegment([{ column: 'inactive_status', any: [1] }]);
    const highValue = bySegment([{ column: 'is_high_value', any: [1] }]);
    const data: ShopperSegments['data'] = shopperSegments.map((segment) => ({
      customer_segment: segment,
      customers: all.get(segment)?.count ?? 0,
      customer_lifetime_value: money(all.get(segment)?.sums.customer_lifetime_value),
      purchases: Number(all.get(segment)?.sums.purchase_frequency ?? 0n),
      inactive: inactive.get(segment)?.count ?? 0,
      high_value: highValue.get(segment)?.count ?? 0,
    }));
    return replyOf(request, 'shopper-segments', shopperSegmentSchema, data);
  },
};

export const listPipelineTotals: Route = {
  version: () => '',
  answer: (request) => {
    const { from, to } = request.query;
    const by = String(request.parameters.by);
    const filters = [
      ...(from === undefined ? [] : [{ column: 'close_month', from }]),
      ...(to === undefined ? [] : [{ column: 'close_month', to }]),
    ];
    const data = totalsOf(request, 'pipeline', by, ['opportunity_count', 'amount', 'weighted_amount'], filters)
      .map(({ value, sums }) => ({
        value: String(value),
        opportunity_count: Number(sums.opportunity_count ?? 0n),
        amount: money(sums.amount),
        weighted_amount: money(sums.weighted_amount),
      }))
      .toSorted((a, b) => (by === 'close_month' ? 0 : b.amount - a.amount) || byText(a.value, b.value));
    return replyOf(request, `pipeline-by-${by}`, pipelineTotalSchema, data);
  },
};

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
