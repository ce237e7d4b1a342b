import { beforeAll, describe, expect, it } from 'vitest';
import { decimalDigits } from '../../lambdas/domain/column-type.ts';
import { metricsConfigSchema, salesParameters } from '../../lambdas/domain/metrics-config.ts';
import { customer360, defaultSettings, readModel, salesModels } from './support/models.ts';
import { Warehouse } from './support/warehouse.ts';
import { world } from './support/worlds.ts';

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await Warehouse.open();
  await warehouse.build(world({}));
});

/** DuckDB's type as the writer may cast it without losing anything: sums of bigints are HUGEINT there. */
function family(type: string): string {
  const digits = decimalDigits(type.toLowerCase());
  if (digits !== undefined) return `decimal with ${digits.scale} digits behind the point`;
  return ['INTEGER', 'BIGINT', 'HUGEINT', 'TINYINT'].includes(type.toUpperCase()) ? 'whole number' : type.toLowerCase();
}

describe.each(salesModels)('%s', (path) => {
  const { sql, contract } = readModel(path);

  it('selects the columns of its contract, in order and exact', async () => {
    const described = await warehouse.rows(`describe ${sql}`);
    const selected = described.map((row) => `${String(row.column_name)}: ${family(String(row.column_type))}`);
    expect(selected).toEqual(contract.columns.map(({ name, type }) => `${name}: ${family(type)}`));
  });

  it('describes its rows and every column', () => {
    expect(contract.row).toMatch(/^one row per /);
    expect(contract.columns.filter((column) => column.description.length < 5)).toEqual([]);
    if (path.startsWith('gold/')) {
      expect(contract.columns.filter((column) => column.definition === undefined)).toEqual([]);
    }
  });
});

describe('config/metrics.json', () => {
  const crm = { segment_enterprise_min_revenue: 100_000_000, segment_mid_market_min_revenue: 10_000_000 };
  const sales = (change: Record<string, unknown>) =>
    metricsConfigSchema.safeParse({ sales: { ...defaultSettings, ...change }, crm, customer_360: customer360 }).success;

  it('becomes one typed parameter per value', () => {
    const parameters = salesParameters({ sales: defaultSettings });
    expect(parameters.map(({ name }) => name)).toEqual(Object.keys(defaultSettings));
    expect(parameters).toContainEqual({ name: 'anomaly_transaction_percentile', type: 'decimal(9,2)', value: '99.9' });
    expect(parameters).toContainEqual({ name: 'inactive_after_days', type: 'integer', value: '90' });
  });

  it('must name every value and no other', () => {
    expect(sales({})).toBe(true);
    expect(sales({ inactive_after_days: undefined })).toBe(false);
    expect(sales({ inactive_days: 90 })).toBe(false);
  });

  it('must have the thresholds of segments in order', () => {
    const parse = (enterprise: number, midMarket: number) =>
      metricsConfigSchema.safeParse({
        sales: defaultSettings,
        crm: { segment_enterprise_min_revenue: enterprise, segment_mid_market_min_revenue: midMarket },
        customer_360: customer360,
      }).success;
    expect([parse(2, 1), parse(1, 1), parse(1, 2), parse(1.005, 1)]).toEqual([true, true, false, false]);
  });

  it.each([
    { incentive_percent: 0.00001 },
    { incentive_percent: 101 },
    { incentive_percent: -1 },
    { anomaly_score: 3.555 },
    { anomaly_transaction_percentile: 0 },
    { anomaly_transaction_percentile: 100.5 },
    { premium_min_purchases: 1.5 },
    { incentive_tie_rule: 'first' },
  ])('refuses %j', (change) => {
    expect(sales(change)).toBe(false);
  });
});
