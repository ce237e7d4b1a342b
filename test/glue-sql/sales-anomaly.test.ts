import { beforeAll, describe, expect, it } from 'vitest';
import type { Line, Row, World } from './reference/world.ts';
import { Warehouse } from './support/warehouse.ts';
import { line, world } from './support/worlds.ts';

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await Warehouse.open();
});

async function anomalies(given: World, type?: string): Promise<Row[]> {
  await warehouse.build(given);
  const rows = await warehouse.rows('select * from gold.sales_anomaly order by anomaly_id');
  return type === undefined ? rows : rows.filter((row) => row.anomaly_type === type);
}

/** Totals of consecutive months from January 2024 on, one line each. */
function months(totals: readonly number[], given: Partial<Line> = {}): Line[] {
  return totals.map((amount, index) =>
    line({ ...given, amount, salesDate: new Date(Date.UTC(2024, index, 15)).toISOString().slice(0, 10) }),
  );
}

/** Deviations from the median 100 are 0, 0, 1, 1, 2, so MAD = 1, and the threshold lies at 3.5 / 0.6745 = 5.189… */
const history = [100, 100, 99, 101, 102];

describe('months', () => {
  it('are reported with value, median, score and reason', async () => {
    const rows = await anomalies(world({ lines: months([...history, 110]), asOf: '2024-12-31' }));
    const common = {
      transaction_id: null,
      sales_month: '2024-06',
      value: '110.00',
      expectation: '100.00',
      score: '6.75',
      reason: 'Sales of 110.00 in 2024-06; the median of 6 months is 100.00, their median deviation 1.00',
    };
    expect(rows).toEqual([
      {
        ...common,
        anomaly_id: 'CUSTOMER_MONTH|||C1|2024-06|',
        anomaly_type: 'CUSTOMER_MONTH',
        store_id: null,
        sales_person_id: null,
        customer_id: 'C1',
      },
      {
        ...common,
        anomaly_id: 'SALESPERSON_MONTH|S1|P1||2024-06|',
        anomaly_type: 'SALESPERSON_MONTH',
        store_id: 'S1',
        sales_person_id: 'P1',
        customer_id: null,
      },
    ]);
  });

  it.each([
    [105.18, 0],
    [105.19, 1],
    [94.82, 0],
    [94.81, 1],
  ])('of %d among others around 100: %i', async (amount, count) => {
    expect(await anomalies(world({ lines: months([...history, amount]) }), 'CUSTOMER_MONTH')).toHaveLength(count);
  });

  it('are judged by the exact score, not by the rounded one', async () => {
    const rows = await anomalies(world({ lines: months([...history, 105.19]) }), 'CUSTOMER_MONTH');
    expect(rows).toMatchObject([{ score: '3.50' }]);
  });

  it('are not judged in histories of five months', async () => {
    expect(await anomalies(world({ lines: months([100, 100, 101, 99, 5000]) }))).toEqual([]);
  });

  it.each([
    [150, 0],
    [150.01, 1],
    [50, 0],
    [49.99, 1],
  ])('without spread deviate by more than half the median: %d, %i', async (amount, count) => {
    const rows = await anomalies(world({ lines: months([100, 100, 100, 100, 100, amount]) }), 'CUSTOMER_MONTH');
    expect(rows).toHaveLength(count);
    for (const row of rows) expect(row.score).toBeNull();
  });

  it('take the lower of two middle values as median', async () => {
    const rows = await anomalies(world({ lines: months([1, 1, 10, 20, 20, 1000]) }), 'CUSTOMER_MONTH');
    expect(rows).toMatchObject([{ expectation: '10.00', value: '1000.00' }]);
  });

  it('of a salesperson are compared within one store', async () => {
    const lines = [
      ...months([...history, 100], { storeId: 'S1' }),
      ...months([10, 10, 9, 11, 12, 10], { storeId: 'S2' }),
    ];
    expect(await anomalies(world({ lines }), 'SALESPERSON_MONTH')).toEqual([]);
  });

  it('after as_of do not belong to the history', async () => {
    expect(await anomalies(world({ asOf: '2024-05-31', lines: months([...history, 5000]) }))).toEqual([]);
  });
});

describe('transactions', () => {
  const day = (amount: number, given: Partial<Line> = {}) => line({ amount, ...given });
  const settings = { anomaly_transaction_percentile: 90 };
  const nine = Array.from({ length: 9 }, () => day(10));

  it('above three times the percentile of the store are reported', async () => {
    const lines = [...nine, day(30.01, { file: 'abc', lineNumber: 7, customerId: 'C|9' })];
    expect(await anomalies(world({ lines, settings }))).toEqual([
      {
        anomaly_id: 'TRANSACTION|S1|P1|C%7C9|2024-03|line:abc:7',
        anomaly_type: 'TRANSACTION',
        store_id: 'S1',
        sales_person_id: 'P1',
        customer_id: 'C|9',
        transaction_id: null,
        sales_month: '2024-03',
        value: '30.01',
        expectation: '10.00',
        score: '3.00',
        reason: "Transaction of 30.01 in 2024-03; percentile 90.00 of the store's transactions is 10.00",
      },
    ]);
  });

  it('at exactly three times are not', async () => {
    expect(await anomalies(world({ lines: [...nine, day(30)], settings }))).toEqual([]);
  });

  it('are the sum of the lines of a transaction_id', async () => {
    const lines = [...nine, ...[20, 20].map((amount) => day(amount, { transactionId: 'T1' }))];
    expect(await anomalies(world({ lines, settings }))).toMatchObject([
      { transaction_id: 'T1', value: '40.00', anomaly_id: 'TRANSACTION|S1|P1|C1|2024-03|id:T1' },
    ]);
  });

  it('are compared with their own store', async () => {
    const lines = [...nine, ...Array.from({ length: 10 }, () => day(1000, { storeId: 'S2' }))];
    expect(await anomalies(world({ lines, settings }))).toEqual([]);
  });

  it('are never above the percentile in a store with fewer than a thousand', async () => {
    expect(await anomalies(world({ lines: [...nine, day(1_000_000)] }))).toEqual([]);
  });

  it('of a store with a percentile below 0 are not judged', async () => {
    const lines = [...Array.from({ length: 9 }, () => day(-10)), day(5)];
    expect(await anomalies(world({ lines, settings }))).toEqual([]);
  });

  it('have no score where the percentile is 0', async () => {
    const lines = [...Array.from({ length: 9 }, () => day(0)), day(5)];
    expect(await anomalies(world({ lines, settings }))).toMatchObject([
      { value: '5.00', expectation: '0.00', score: null },
    ]);
  });
});
