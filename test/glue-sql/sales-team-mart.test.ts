import { beforeAll, describe, expect, it } from 'vitest';
import type { Row, World } from './reference/world.ts';
import { Warehouse } from './support/warehouse.ts';
import { line, personMonthsWorld as months, salesPerson, world } from './support/worlds.ts';

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await Warehouse.open();
});

const mart = (given: World) => warehouse.mart(given, 'gold.sales_team_data_mart');
const values = (rows: readonly Row[], column: string) => rows.map((row) => row[column]);

describe('sales_team_data_mart', () => {
  it('has every column, worked out by hand and in order', async () => {
    const given = world({
      asOf: '2024-02-15',
      salesPeople: [salesPerson({})],
      lines: [
        line({ salesDate: '2023-12-05', amount: 50, storeId: 'S2' }),
        line({ salesDate: '2024-01-10', amount: 100 }),
        line({ salesDate: '2024-01-11', amount: 50, transactionId: 'T1' }),
        line({ salesDate: '2024-01-12', amount: 70, transactionId: 'T1' }),
        line({ salesDate: '2024-01-12', amount: 80, salesPersonId: 'P2' }),
        line({ salesDate: '2024-02-01', amount: 110 }),
        line({ salesDate: '2024-02-16', amount: 1000 }),
      ],
    });
    const rows = await mart(given);
    expect(rows.find((row) => row.sales_month === '2024-02')).toEqual({
      store_id: 'S1',
      sales_person_id: 'P1',
      full_name: 'Sam Roe',
      sales_month: '2024-02',
      total_sales: '110.00',
      avg_sales_per_month: '165.00',
      top_performance_rank: '1',
      incentive: '1.10',
      sales_growth_rate: '-50.00',
      month_over_month_variance: '-110.00',
      year_to_date_sales: '330.00',
      first_sale_month: '2023-12',
      last_sale_month: '2024-02',
      total_transactions: '1',
      avg_transaction_value: '110.00',
      max_single_transaction: '110.00',
      sales_contribution_percentage: '100.00',
      is_final_month: false,
    });
    expect(rows.filter((row) => row.sales_month === '2024-01')).toMatchObject([
      {
        total_transactions: '2',
        avg_transaction_value: '110.00',
        max_single_transaction: '120.00',
        is_final_month: true,
      },
      { sales_person_id: 'P2', full_name: null, top_performance_rank: '2', incentive: '0.00' },
    ]);
    expect(values(rows, 'sales_contribution_percentage')).toEqual(['73.33', '100.00', '26.67', '100.00']);
    expect(Object.keys(rows[0] ?? {}).slice(3, 8)).toEqual([
      'sales_month',
      'total_sales',
      'avg_sales_per_month',
      'top_performance_rank',
      'incentive',
    ]);
  });

  it('counts the part of a transaction in each month, once per customer', async () => {
    const rows = await mart(
      world({
        lines: [
          line({ amount: 1, transactionId: 'T1', salesDate: '2024-01-31' }),
          line({ amount: 2, transactionId: 'T1', salesDate: '2024-02-01' }),
          line({ amount: 4, transactionId: 'T1', salesDate: '2024-02-01', customerId: 'C2' }),
        ],
      }),
    );
    expect(rows).toMatchObject([
      { total_transactions: '1', max_single_transaction: '1.00' },
      { total_transactions: '2', max_single_transaction: '4.00', avg_transaction_value: '3.00' },
    ]);
  });
});

describe('growth and variance', () => {
  it('compare with the preceding calendar month, across the year', async () => {
    const rows = await mart(months({ '2023-12': 200, '2024-01': 250, '2024-02': 100 }));
    expect(values(rows, 'sales_growth_rate')).toEqual([null, '25.00', '-60.00']);
    expect(values(rows, 'month_over_month_variance')).toEqual([null, '50.00', '-150.00']);
  });

  it('skip a gap: no growth, variance against 0', async () => {
    const rows = await mart(months({ '2023-01': 200, '2023-03': 50, '2024-03': 70 }));
    expect(values(rows, 'sales_growth_rate')).toEqual([null, null, null]);
    expect(values(rows, 'month_over_month_variance')).toEqual([null, '50.00', '70.00']);
  });

  it('have no growth after a month of 0', async () => {
    const rows = await mart(months({ '2024-01': 0, '2024-02': 50 }));
    expect(values(rows, 'sales_growth_rate')).toEqual([null, null]);
    expect(values(rows, 'month_over_month_variance')).toEqual([null, '50.00']);
  });

  it('divide by a negative month as it is', async () => {
    const rows = await mart(months({ '2024-01': -100, '2024-02': 50, '2024-03': -50 }));
    expect(values(rows, 'sales_growth_rate')).toEqual([null, '-150.00', '-200.00']);
  });

  it.each([
    [80, 80.01, '0.01'],
    [200, 200.01, '0.01'],
    [200, 199.99, '-0.01'],
    [300, 300.01, '0.00'],
    [0.01, 1_000_000, '9999999900.00'],
  ])('from %d to %d: %s percent', async (before, after, growth) => {
    expect(values(await mart(months({ '2024-01': before, '2024-02': after })), 'sales_growth_rate')).toEqual([
      null,
      growth,
    ]);
  });

  it("are not mixed up with other salespeople's or stores' months", async () => {
    const rows = await mart(
      world({
        lines: [
          line({ amount: 100, salesDate: '2024-01-15', salesPersonId: 'P2' }),
          line({ amount: 100, salesDate: '2024-01-15', storeId: 'S2' }),
          line({ amount: 50, salesDate: '2024-02-15' }),
        ],
      }),
    );
    expect(values(rows, 'sales_growth_rate')).toEqual([null, null, null]);
    expect(values(rows, 'month_over_month_variance')).toEqual([null, null, null]);
  });
});

describe('year to date and averages', () => {
  it('begin again in January and run over gaps', async () => {
    const rows = await mart(months({ '2023-11': 1, '2023-12': 2, '2024-01': 4, '2024-05': -8 }));
    expect(values(rows, 'year_to_date_sales')).toEqual(['1.00', '3.00', '4.00', '-4.00']);
    expect(values(rows, 'avg_sales_per_month')).toEqual(['-0.25', '-0.25', '-0.25', '-0.25']);
  });

  it.each([
    [{ '2024-01': 0.01, '2024-02': 0.02 }, '0.02'],
    [{ '2024-01': -0.01, '2024-02': -0.02 }, '-0.02'],
  ])('average of %j is %s', async (totals, average) => {
    expect(values(await mart(months(totals)), 'avg_sales_per_month')).toEqual([average, average]);
  });
});

describe('is_final_month', () => {
  it.each([
    ['2024-02-29', true],
    ['2024-02-28', false],
    ['2024-03-01', true],
  ])('of February 2024 at %s: %s', async (asOf, final) => {
    const given = world({ asOf, lines: [line({ amount: 1, salesDate: '2024-02-10' })] });
    expect(values(await mart(given), 'is_final_month')).toEqual([final]);
  });
});
