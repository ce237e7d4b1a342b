import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Customers } from '../../lambdas/api/contract/customers.ts';
import type { PipelineTotals, SalesTotals, ShopperSegments } from '../../lambdas/api/contract/totals.ts';
import type { SalesPipeline } from '../../lambdas/api/contract/revenue.ts';
import type { SalesTeam, Shoppers } from '../../lambdas/api/contract/sales.ts';
import { type ApiHome, as } from './api-home.ts';

interface Page<Row> {
  readonly data: readonly Row[];
  readonly page: { readonly next_cursor: string | null };
}

const cents = (value: number) => Math.round(value * 100);

function sumOf<Row>(rows: readonly Row[], value: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0);
}

/** Sums of the API against the rows that they are of, added up here. */
export function describeTotals(home: () => ApiHome): void {
  describe('totals', () => {
    let app: Hono;
    beforeAll(() => {
      app = home().app();
    });
    const read = async <Answer>(path: string) => (await (await app.request(path, as('manager'))).json()) as Answer;
    async function everyRow<Row>(path: string): Promise<Row[]> {
      const rows: Row[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const next: Page<Row> = await read(
          `${path}${path.includes('?') ? '&' : '?'}limit=200${cursor && `&cursor=${cursor}`}`,
        );
        rows.push(...next.data);
        cursor = next.page.next_cursor;
      }
      return rows;
    }

    it.each([
      ['store', 'store_id', ''],
      ['month', 'sales_month', ''],
      ['store', 'store_id', 'month=2025-03'],
    ] as const)('of sales by %s are the sums of the salespeople (%s %s)', async (by, column, filter) => {
      const { data } = await read<SalesTotals>(`/api/sales-totals/${by}?${filter}`);
      const rows = await everyRow<SalesTeam['data'][number]>(`/api/sales-team?${filter}`);
      expect(rows.length).toBeGreaterThan(0);
      expect(new Set(data.map(({ value }) => value))).toEqual(new Set(rows.map((row) => row[column])));
      for (const { value, total_sales, incentive, entries } of data) {
        const own = rows.filter((row) => row[column] === value);
        expect([cents(total_sales), cents(incentive), entries]).toEqual([
          sumOf(own, (row) => cents(row.total_sales)),
          sumOf(own, (row) => cents(row.incentive)),
          own.length,
        ]);
      }
    });

    it("of customers by facet are what the facet's filter finds", async () => {
      const { facets = {} } = await read<Customers>('/api/customers?limit=1&facets=true');
      for (const name of ['health_status', 'customer_segment', 'territory_id', 'advisor_email']) {
        const [most] = facets[name] ?? [];
        expect(most?.count, name).toBeGreaterThan(0);
        const value = encodeURIComponent(most?.value ?? '');
        const { page } = await read<Customers>(`/api/customers?limit=1&${name}=${value}`);
        expect(page.total, name).toBe(most?.count);
      }
    });

    it('of shoppers by segment count every customer once', async () => {
      const { data } = await read<ShopperSegments>('/api/shopper-segments');
      const rows = await everyRow<Shoppers['data'][number]>('/api/sales-customers');
      expect(sumOf(data, ({ customers }) => customers)).toBe(rows.length);
      for (const segment of data) {
        const own = rows.filter((row) => row.customer_segment === segment.customer_segment);
        expect(segment).toEqual({
          customer_segment: segment.customer_segment,
          customers: own.length,
          customer_lifetime_value: sumOf(own, (row) => cents(row.customer_lifetime_value)) / 100,
          purchases: sumOf(own, (row) => row.purchase_frequency),
          inactive: own.filter((row) => row.inactive_status).length,
          high_value: own.filter((row) => row.is_high_value).length,
        });
      }
    });

    it.each(['stage', 'forecast_category', 'close_month'] as const)(
      'of opportunities by %s are the sums of the pipeline',
      async (by) => {
        const range = 'from=2025-07&to=2025-12';
        const { data } = await read<PipelineTotals>(`/api/pipeline-totals/${by}?${range}`);
        const rows = await everyRow<SalesPipeline['data'][number]>(`/api/pipeline?${range}`);
        expect(new Set(data.map(({ value }) => value))).toEqual(new Set(rows.map((row) => row[by])));
        for (const total of data) {
          const own = rows.filter((row) => row[by] === total.value);
          expect(total).toEqual({
            value: total.value,
            opportunity_count: sumOf(own, (row) => row.opportunity_count),
            amount: sumOf(own, (row) => cents(row.amount)) / 100,
            weighted_amount: sumOf(own, (row) => cents(row.weighted_amount)) / 100,
          });
        }
      },
    );
  });
}
