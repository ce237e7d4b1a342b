import { beforeAll, describe, expect, it } from 'vitest';
import { compileSilver } from '../../lambdas/domain/compile-silver.ts';
import { contract } from '../support/contract.ts';
import { CrmWarehouse } from './support/crm-warehouse.ts';

const money = (convert: boolean) => ({
  dataset: convert ? 'sales' : 'pounds',
  columns: [
    { name: 'id', type: 'varchar', description: 'Id' },
    { name: 'day', type: 'date', description: 'Day' },
    { name: 'amount', type: 'decimal(18,2)', description: 'Amount' },
    { name: 'currency', type: 'varchar', description: 'Currency' },
  ],
  money: { columns: ['amount'], currency: 'currency', date: 'day', convert },
});

const datasets = [contract(money(true)), contract(money(false))] as const;

describe('lines of datasets that share a table', () => {
  let warehouse: CrmWarehouse;

  beforeAll(async () => {
    warehouse = await CrmWarehouse.open();
    await warehouse.fill('silver.fx_rate', [
      {
        currency: 'EUR',
        rate_month: '2025-01',
        valid_from: '2025-01-01',
        valid_until: '2025-01-31',
        usd_per_unit: '1.005',
        source: 'fx_rates',
      },
    ]);
    await warehouse.connection.run(`create or replace table bronze.sales_line (
      id varchar, day date, amount decimal(18,2), currency varchar, additional_columns varchar, _flags varchar,
      _source_system varchar, _source_line bigint, _file_sha256 varchar)`);
    const line = (id: string, amount: string, currency: string | null, _source_system = 'sales') => ({
      ...{ id, day: '2025-01-05', amount, currency, _source_system },
    });
    await warehouse.fill('bronze.sales_line', [
      line('1', '1.00', 'EUR'),
      line('2', '-1.00', 'EUR'),
      line('3', '1.00', null),
      line('4', '1.00', 'USD'),
      line('5', '1.00', 'GBP', 'pounds'),
      line('6', '1.00', null, 'pounds'),
    ]);
  });

  const rows = async (defaultCurrency: string) => {
    const { sql } = compileSilver('sales_line', datasets, defaultCurrency);
    const found = await warehouse.rows(`select id, amount, amount_original, currency from (${sql}) as t order by id`);
    return found.map((row) => [row.id, row.amount, row.amount_original, row.currency]);
  };

  it('are converted where their dataset says so, rounded half away from zero', async () => {
    expect(await rows('USD')).toEqual([
      ['1', '1.01', '1.00', 'EUR'],
      ['2', '-1.01', '-1.00', 'EUR'],
      ['3', '1.00', null, null],
      ['4', '1.00', null, 'USD'],
      ['5', '1.00', null, 'GBP'],
      ['6', '1.00', null, null],
    ]);
  });

  it('without a currency are in the default one', async () => {
    expect((await rows('EUR'))[2]).toEqual(['3', '1.01', '1.00', 'EUR']);
    expect((await rows('EUR'))[5]).toEqual(['6', '1.00', null, null]);
  });

  it('have no conversion at all where no dataset wants it', () => {
    const model = compileSilver('sales_line', [contract(money(false))]);
    expect(model.conversion).toBeUndefined();
    expect(model.inputs).toEqual(['bronze.sales_line']);
    expect(model.contract.columns.map(({ name }) => name).slice(0, 7)).toEqual([
      ...['id', 'day', 'amount', 'amount_original', 'currency', 'fx_rate', 'fx_source'],
    ]);
  });
});
