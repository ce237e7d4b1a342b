import { beforeAll, describe, expect, it } from 'vitest';
import type { Row, World } from './reference/world.ts';
import { Warehouse } from './support/warehouse.ts';
import { line, teamWorld as team, world } from './support/worlds.ts';

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await Warehouse.open();
});

const mart = (given: World) => warehouse.mart(given, 'gold.sales_team_data_mart');
const values = (rows: readonly Row[], column: string) => rows.map((row) => row[column]);

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
