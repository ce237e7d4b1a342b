import { beforeAll, describe, expect, it } from 'vitest';
import type { World } from './reference/world.ts';
import { Warehouse } from './support/warehouse.ts';
import { line, world } from './support/worlds.ts';

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await Warehouse.open();
});

const summary = (given: World) => warehouse.mart(given, 'gold.customer_summary');

describe('segments', () => {
  const purchases = (count: number, amount: number, salesDate = '2024-12-01') =>
    Array.from({ length: count }, () => line({ amount, salesDate }));

  it.each([
    ['At-Risk', purchases(20, 5000, '2024-01-01')],
    ['Premium', purchases(10, 1)],
    ['Premium', purchases(1, 1000)],
    ['Premium', [line({ amount: 1999.99, salesDate: '2024-12-01' }), line({ amount: 0, salesDate: '2024-12-01' })]],
    ['Regular', purchases(9, 999.99)],
    ['Regular', purchases(2, 1)],
    ['New', purchases(1, 999.99)],
  ])('%s', async (segment, lines) => {
    expect(await summary(world({ lines }))).toMatchObject([{ customer_segment: segment }]);
  });

  it('follow the configured cut-offs', async () => {
    const settings = { premium_min_purchases: 2, inactive_after_days: 400 };
    expect(await summary(world({ lines: purchases(2, 1, '2024-01-01'), settings }))).toMatchObject([
      { customer_segment: 'Premium' },
    ]);
  });
});

describe('high value', () => {
  const customers = (values: readonly number[]) =>
    world({ lines: values.map((amount, index) => line({ amount, customerId: `C${String(index).padStart(2, '0')}` })) });

  it.each([
    [[9, 8, 7, 6, 5, 4, 3, 2, 1], 0],
    [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 1],
    [[10, 10, 8, 7, 6, 5, 4, 3, 2, 1], 2],
    [Array.from({ length: 19 }, (_, index) => index), 1],
    [[20, 19, 19, ...Array.from({ length: 17 }, () => 1)], 3],
  ])('of %j: %i', async (values, count) => {
    const rows = await summary(customers(values));
    expect(rows.filter((row) => row.is_high_value === true)).toHaveLength(count);
  });
});
