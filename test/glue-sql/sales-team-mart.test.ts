import { beforeAll, describe, expect, it } from 'vitest';
import type { Row, World } from './reference/world.ts';
import { Warehouse } from './support/warehouse.ts';
import { line, salesPerson, world } from './support/worlds.ts';

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await Warehouse.open();
});

async function mart(given: World): Promise<Row[]> {
  await warehouse.build(given);
  return await warehouse.rows(
    'select * from gold.sales_team_data_mart order by store_id, sales_person_id, sales_month',
  );
}

/** One salesperson's months in one store: month -> total. */
function months(totals: Readonly<Record<string, number>>): World {
  return world({
    lines: Object.entries(totals).map(([month, amount]) => line({ amount, salesDate: `${month}-15` })),
  });
}

/** One store's month: one total per salesperson P1, P2 … */
function team(totals: readonly number[], settings: Partial<World['settings']> = {}): World {
  return world({ settings, lines: totals.map((amount, index) => line({ amount, salesPersonId: `P${index + 1}` })) });
}

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

describe('rank and incentive', () => {
  it('rank densely, the best first', async () => {
    expect(values(await mart(team([10, 30, 30, 20])), 'top_performance_rank')).toEqual(['3', '1', '1', '2']);
  });

  it.each([
    ['all', ['0.00', '0.30', '0.30']],
    ['split', ['0.00', '0.15', '0.15']],
    ['none', ['0.00', '0.00', '0.00']],
  ] as const)('tied at rank 1 with rule %s', async (rule, incentives) => {
    expect(values(await mart(team([10, 30, 30], { incentive_tie_rule: rule })), 'incentive')).toEqual(incentives);
  });

  it.each([
    ['all', '0.01'],
    ['split', '0.01'],
    ['none', '0.01'],
  ] as const)('half a cent is rounded up with rule %s', async (rule, incentive) => {
    expect(values(await mart(team([0.5], { incentive_tie_rule: rule })), 'incentive')).toEqual([incentive]);
  });

  it('nobody gets one for sales that are not positive', async () => {
    expect(values(await mart(team([0, -5])), 'incentive')).toEqual(['0.00', '0.00']);
    expect(values(await mart(team([-1, -5])), 'incentive')).toEqual(['0.00', '0.00']);
  });

  it('the percentage is configured to four decimals', async () => {
    expect(values(await mart(team([1000], { incentive_percent: 2.0125 })), 'incentive')).toEqual(['20.13']);
  });

  it('every store and month has its own', async () => {
    const given = world({
      lines: [
        line({ amount: 10, storeId: 'S1' }),
        line({ amount: 20, storeId: 'S2', salesPersonId: 'P2' }),
        line({ amount: 30, storeId: 'S1', salesPersonId: 'P2', salesDate: '2024-04-01' }),
      ],
    });
    expect(values(await mart(given), 'incentive')).toEqual(['0.10', '0.30', '0.20']);
  });
});

describe('contribution', () => {
  it.each([
    [
      [1, 2],
      ['33.33', '66.67'],
    ],
    [
      [10, -5],
      ['200.00', '-100.00'],
    ],
    [
      [0, 10],
      ['0.00', '100.00'],
    ],
    [
      [5, -5],
      [null, null],
    ],
    [
      [1, -5],
      [null, null],
    ],
    [
      [0.01, 199.99],
      ['0.01', '100.00'],
    ],
  ])('of %j: %j', async (totals, shares) => {
    expect(values(await mart(team(totals)), 'sales_contribution_percentage')).toEqual(shares);
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

describe('amounts beyond all reason', () => {
  it('are exact up to 4.6 trillion in a month', async () => {
    const rows = await mart(team([4_600_000_000_000.01, 0.01]));
    expect(rows).toMatchObject([
      { sales_contribution_percentage: '100.00', incentive: '46000000000.00' },
      { incentive: '0.00' },
    ]);
  });

  it('stop the run instead of being wrong', async () => {
    await expect(mart(team([4_700_000_000_000, 1]))).rejects.toThrow(/Out of Range/);
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
