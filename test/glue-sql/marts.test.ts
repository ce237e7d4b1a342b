import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { salesAnomalies } from './reference/anomalies.ts';
import { customersDataMart, customerSummary } from './reference/customers.ts';
import { salesTeamDataMart } from './reference/sales-team.ts';
import type { Row, World } from './reference/world.ts';
import { anyWorld } from './support/arbitraries.ts';
import { readCheck } from './support/models.ts';
import { Warehouse } from './support/warehouse.ts';
import { line, world } from './support/worlds.ts';

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await Warehouse.open();
});

const marts: readonly { table: string; reference: (world: World) => Row[]; key: readonly string[] }[] = [
  { table: 'gold.customers_data_mart', reference: customersDataMart, key: ['customer_id', 'sales_date_month'] },
  { table: 'gold.customer_summary', reference: customerSummary, key: ['customer_id'] },
  {
    table: 'gold.sales_team_data_mart',
    reference: salesTeamDataMart,
    key: ['store_id', 'sales_person_id', 'sales_month'],
  },
  { table: 'gold.sales_anomaly', reference: salesAnomalies, key: ['anomaly_id'] },
];

const checks = [
  'sales_totals_agree.sql',
  'lifetime_is_sum_of_months.sql',
  'averages_multiply_back.sql',
  'contributions_make_a_whole.sql',
  'best_salesperson_exists.sql',
  'year_to_date_adds_up.sql',
];

function byKey(rows: readonly Row[], key: readonly string[]): Row[] {
  const text = (row: Row) => JSON.stringify(key.map((column) => row[column]));
  return rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
}

describe('the marts on generated data', () => {
  it('equal the naive reference and pass their checks', async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(anyWorld, async (given) => {
        await warehouse.build(given);
        for (const { table, reference, key } of marts) {
          const rows = byKey(await warehouse.table(table), key);
          expect(rows, table).toEqual(byKey(reference(given), key));
          seen.set(table, (seen.get(table) ?? 0) + rows.length);
        }
        for (const check of checks) expect(await warehouse.rows(readCheck(check)), check).toEqual([]);
      }),
      { numRuns: 150 },
    );
    for (const { table } of marts) expect(seen.get(table), `${table} was never filled`).toBeGreaterThan(100);
  });

  it('are empty without sales', async () => {
    await warehouse.build(world({}));
    for (const { table } of marts) expect(await warehouse.table(table)).toEqual([]);
    for (const check of checks) expect(await warehouse.rows(readCheck(check)), check).toEqual([]);
  });
});

describe('the halting checks', () => {
  const tampering: readonly [check: string, damage: string][] = [
    ['sales_totals_agree.sql', 'update gold.customers_data_mart set total_sales = total_sales + 0.01'],
    ['sales_totals_agree.sql', 'delete from gold.sales_team_data_mart'],
    [
      'lifetime_is_sum_of_months.sql',
      'update gold.customer_summary set customer_lifetime_value = customer_lifetime_value * 2',
    ],
    ['lifetime_is_sum_of_months.sql', "delete from gold.customer_summary where customer_id = 'C2'"],
    ['averages_multiply_back.sql', 'update gold.customer_summary set monetary_value = monetary_value + 0.02'],
    ['contributions_make_a_whole.sql', 'update gold.sales_team_data_mart set sales_contribution_percentage = 50.02'],
    [
      'best_salesperson_exists.sql',
      'update gold.sales_team_data_mart set top_performance_rank = top_performance_rank + 1',
    ],
    ['best_salesperson_exists.sql', 'update gold.sales_team_data_mart set incentive = 1'],
    ['year_to_date_adds_up.sql', 'update gold.sales_team_data_mart set year_to_date_sales = total_sales - 1'],
  ];
  const given = world({
    lines: [
      line({ customerId: 'C1', salesPersonId: 'P1', amount: 10 }),
      line({ customerId: 'C2', salesPersonId: 'P2', amount: 30 }),
      line({ customerId: 'C2', salesPersonId: 'P2', amount: 5, salesDate: '2024-04-01' }),
    ],
  });

  it.each(tampering)('%s sees: %s', async (check, damage) => {
    await warehouse.build(given);
    expect(await warehouse.rows(readCheck(check))).toEqual([]);
    await warehouse.connection.run(damage);
    expect(await warehouse.rows(readCheck(check))).not.toEqual([]);
  });
});
