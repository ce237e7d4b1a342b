import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decimalDigits } from '../../lambdas/domain/column-type.ts';
import { CrmReference, known, segmentOf } from './reference/crm.ts';
import { CrmWarehouse } from './support/crm-warehouse.ts';
import { anyCrmWorld, buildCrm, crmModels } from './support/crm-worlds.ts';

let warehouse: CrmWarehouse;

beforeAll(async () => {
  warehouse = await CrmWarehouse.open();
});

const measures =
  'total_revenue, opportunity_count, pipeline_amount, open_count, lost_amount, lost_count, account_count, avg_deal_size, win_rate';

describe('the CRM marts, for any org', () => {
  const texts = (rows: readonly object[]) =>
    rows.map((row) => Object.values(row).map((value) => (value === null ? null : String(value))));
  const sorted = (rows: readonly (readonly (string | null)[])[]) => rows.map((row) => JSON.stringify(row)).toSorted();

  it('are what a naive reference gives, and pass their checks', async () => {
    await fc.assert(
      fc.asyncProperty(anyCrmWorld, async (given) => {
        await buildCrm(warehouse, given);
        const reference = new CrmReference(given);
        const expected: Record<string, (string | null)[][]> = {
          [`industry, ${measures} from gold.revenue_by_industry`]: reference.revenue((one) => [known(one.industry)]),
          [`country, state, region, ${measures} from gold.revenue_by_geography`]: reference.revenue((one) => [
            known(one.country),
            known(one.state),
            known(one.region),
          ]),
          [`customer_segment, geographic_region, ${measures} from gold.customer_segmentation`]: reference.revenue(
            (one) => [segmentOf(one), known(one.region)],
          ),
          'stage, forecast_category, close_month, opportunity_count, amount, weighted_amount, avg_age_days, avg_sales_cycle_days from gold.sales_pipeline':
            reference.pipeline(),
          'account_id, crm_revenue, won_count, pipeline_amount, order_count, order_amount from gold.account_orders':
            reference.accountOrders(),
          'order_id, reason from gold.unmatched_order': reference.unmatched(),
        };
        for (const [columns, rows] of Object.entries(expected)) {
          expect(sorted(texts(await warehouse.rows(`select ${columns}`))), columns).toEqual(sorted(rows));
        }
        for (const table of crmModels) expect(await warehouse.failedChecks(table)).toEqual({});
      }),
      { numRuns: 40 },
    );
  });
});

describe.each(crmModels)('%s', (table) => {
  const family = (type: string) => {
    const digits = decimalDigits(type.toLowerCase());
    if (digits !== undefined) return `decimal with ${digits.scale} digits behind the point`;
    return ['INTEGER', 'BIGINT', 'HUGEINT'].includes(type.toUpperCase()) ? 'whole number' : type.toLowerCase();
  };

  it('selects the columns of its contract, in order and exact', async () => {
    const { sql, contract } = warehouse.modelOf(table);
    const described = await warehouse.rows(`describe ${sql}`);
    const selected = described.map((row) => `${String(row.column_name)}: ${family(String(row.column_type))}`);
    expect(selected).toEqual(contract.columns.map(({ name, type }) => `${name}: ${family(type)}`));
  });

  it('defines every column', () => {
    const { contract } = warehouse.modelOf(table);
    expect(contract.row).toMatch(/^one row per /);
    if (table.startsWith('gold')) {
      expect(contract.columns.filter((column) => column.definition === undefined)).toEqual([]);
    }
  });
});
