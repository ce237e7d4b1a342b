import { beforeAll, describe, expect, it } from 'vitest';
import type { Row, World } from './reference/world.ts';
import { Warehouse } from './support/warehouse.ts';
import { customer, line, world } from './support/worlds.ts';

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await Warehouse.open();
});

const mart = (given: World) => warehouse.mart(given, 'gold.customers_data_mart');
const summary = (given: World) => warehouse.mart(given, 'gold.customer_summary');

/** The one customer of a world with one customer. */
async function only(given: World): Promise<Row> {
  const [row, ...others] = await summary(given);
  expect(others).toEqual([]);
  if (row === undefined) throw new Error('no customer');
  return row;
}

describe('customers_data_mart', () => {
  it('has every column, worked out by hand', async () => {
    const given = world({
      asOf: '2024-03-31',
      customers: [customer({})],
      lines: [
        line({ salesDate: '2023-12-30', amount: 100 }),
        line({ salesDate: '2024-01-09', amount: 60, transactionId: 'T1' }),
        line({ salesDate: '2024-01-09', amount: 40.5, transactionId: 'T1' }),
        line({ salesDate: '2024-03-01', amount: 20 }),
        line({ salesDate: '2024-04-01', amount: 9999 }),
      ],
    });
    const lifetime = {
      customer_id: 'C1',
      full_name: 'Ann Lee',
      address: '1 Main Street, 10001',
      phone_number: '+15550001',
      customer_lifetime_value: '220.50',
      first_purchase_month: '2023-12',
      last_purchase_month: '2024-03',
      purchase_frequency: '3',
      monetary_value: '73.50',
      avg_monthly_spending: '73.50',
      max_single_transaction: '100.50',
      avg_time_between_purchases: '31.00',
      inactive_status: false,
      customer_segment: 'Regular',
    };
    expect(await mart(given)).toEqual([
      { ...lifetime, sales_date_month: '2023-12', total_sales: '100.00' },
      { ...lifetime, sales_date_month: '2024-01', total_sales: '100.50' },
      { ...lifetime, sales_date_month: '2024-03', total_sales: '20.00' },
    ]);
    expect(await summary(given)).toEqual([
      { ...lifetime, recency_days: 30, repeat_purchases: '2', is_high_value: false },
    ]);
  });

  it('keeps the declared order of columns', async () => {
    const [row] = await mart(world({ lines: [line({ amount: 1 })] }));
    expect(Object.keys(row ?? {})).toEqual([
      'customer_id',
      'full_name',
      'address',
      'phone_number',
      'sales_date_month',
      'total_sales',
      'customer_lifetime_value',
      'first_purchase_month',
      'last_purchase_month',
      'purchase_frequency',
      'monetary_value',
      'avg_monthly_spending',
      'max_single_transaction',
      'avg_time_between_purchases',
      'inactive_status',
      'customer_segment',
    ]);
  });

  it('may be negative where refunds prevail', async () => {
    const given = world({ lines: [line({ amount: 10 }), line({ amount: -25.01 }), line({ amount: -0.5 })] });
    expect(await mart(given)).toMatchObject([
      {
        total_sales: '-15.51',
        customer_lifetime_value: '-15.51',
        monetary_value: '-5.17',
        max_single_transaction: '10.00',
      },
    ]);
  });

  it('gives 0.00, not NULL, for sales that cancel out', async () => {
    const given = world({ lines: [line({ amount: 10 }), line({ amount: -10 })] });
    expect(await mart(given)).toMatchObject([{ total_sales: '0.00', monetary_value: '0.00' }]);
  });
});

describe('names and addresses', () => {
  it.each([
    [' Ann ', 'Lee', 'Ann Lee'],
    ['Ann', null, 'Ann'],
    ['  ', ' Lee', 'Lee'],
    [null, '', null],
  ])('%j and %j make %j', async (firstName, lastName, fullName) => {
    const given = world({ customers: [customer({ firstName, lastName })], lines: [line({ amount: 1 })] });
    expect(await only(given)).toMatchObject({ full_name: fullName });
  });

  it.each([
    ['1 Main Street', '10001', '1 Main Street, 10001'],
    ['1 Main Street', null, '1 Main Street'],
    ['', '10001', '10001'],
    [null, null, null],
  ])('address %j and pincode %j make %j', async (address, pincode, expected) => {
    const given = world({ customers: [customer({ address, pincode })], lines: [line({ amount: 1 })] });
    expect(await only(given)).toMatchObject({ address: expected });
  });

  it('are NULL for a customer who is not in the master data', async () => {
    const given = world({ customers: [customer({ customerId: 'C9' })], lines: [line({ amount: 1 })] });
    expect(await only(given)).toMatchObject({ customer_id: 'C1', full_name: null, address: null, phone_number: null });
  });
});

describe('purchases', () => {
  it('count a transaction once over stores, days and months', async () => {
    const given = world({
      lines: [
        line({ amount: 1, transactionId: 'T1', storeId: 'S1', salesDate: '2024-01-31' }),
        line({ amount: 2, transactionId: 'T1', storeId: 'S2', salesDate: '2024-02-01' }),
        line({ amount: 2.5 }),
      ],
    });
    expect(await only(given)).toMatchObject({ purchase_frequency: '2', max_single_transaction: '3.00' });
  });

  it('keep the same transaction_id of two customers apart', async () => {
    const given = world({
      lines: [1, 2].map((n) => line({ amount: n, transactionId: 'T1', customerId: `C${n}` })),
    });
    expect(await summary(given)).toMatchObject([
      { max_single_transaction: '1.00' },
      { max_single_transaction: '2.00' },
    ]);
  });

  it('count every line without transaction_id, identical or not', async () => {
    const given = world({ lines: [line({ amount: 5 }), line({ amount: 5 }), line({ amount: 5 })] });
    expect(await only(given)).toMatchObject({
      purchase_frequency: '3',
      max_single_transaction: '5.00',
      repeat_purchases: '0',
    });
  });

  it('on one day have no time between them', async () => {
    const given = world({ lines: [line({ amount: 5 }), line({ amount: 5 })] });
    expect(await only(given)).toMatchObject({ avg_time_between_purchases: null });
  });

  it('on three days have the mean of two gaps, to a hundredth of a day', async () => {
    const lines = ['2024-01-01', '2024-01-02', '2024-02-29'].map((salesDate) => line({ amount: 5, salesDate }));
    expect(await only(world({ lines }))).toMatchObject({ avg_time_between_purchases: '29.50', repeat_purchases: '2' });
  });

  it.each([
    ['2024-10-02', false, 90],
    ['2024-10-01', true, 91],
    ['2024-12-31', false, 0],
  ])('last on %s: inactive %s after %i days', async (salesDate, inactive, days) => {
    const given = world({ asOf: '2024-12-31', lines: [line({ amount: 5, salesDate })] });
    expect(await only(given)).toMatchObject({ inactive_status: inactive, recency_days: days });
  });

  it('after as_of do not count, not even as a customer', async () => {
    const given = world({ asOf: '2024-03-09', lines: [line({ amount: 5, salesDate: '2024-03-10' })] });
    expect(await summary(given)).toEqual([]);
  });
});

describe('money', () => {
  it.each([
    [[0.01, 0.02], '0.02'],
    [[-0.01, -0.02], '-0.02'],
    [[10, 0.01, 0], '3.34'],
    [[-10, -0.01, 0], '-3.34'],
    [[0.01, 0, 0], '0.00'],
    [[2.01, 0], '1.01'],
  ])('average of %j is %s, half a cent away from zero', async (amounts, average) => {
    const given = world({ lines: amounts.map((amount) => line({ amount })) });
    expect(await only(given)).toMatchObject({ monetary_value: average });
  });

  it('stays exact beyond what a double can hold', async () => {
    const amounts = [...Array.from({ length: 30 }, () => 3_000_000_000_000), 99_999_999_999.99, 0.04];
    const lines = amounts.map((amount, index) => line({ amount, storeId: `S${index}` }));
    expect(await only(world({ lines }))).toMatchObject({
      customer_lifetime_value: '90100000000000.03',
      monetary_value: '2815625000000.00',
      max_single_transaction: '3000000000000.00',
    });
  });
});
