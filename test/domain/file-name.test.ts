import { describe, expect, it } from 'vitest';
import { fileDate, isDate, nameFits, splitLandingKey } from '../../lambdas/domain/file-name.ts';
import { contract } from '../support/contract.ts';

const sales = contract({ file: { pattern: 'sales_data*.csv', format: 'csv' } });

describe('names of dropped files', () => {
  it.each([
    ['sales_data_2025-03-14.csv', true],
    ['sales_data.csv.gz', true],
    ['sales_data_2025.CSV', false],
    ['my_sales_data.csv', false],
    ['sales_data.csv.bak', false],
    ['sales_dataXcsv', false],
  ])('%s fits the pattern: %s', (name, fits) => expect(nameFits(sales, name)).toBe(fits));

  it('treats regular-expression characters of a pattern as themselves', () => {
    const odd = contract({ file: { pattern: 'a+(b)[c]?.csv', format: 'csv' } });
    expect(nameFits(odd, 'a+(b)[c]x.csv')).toBe(true);
    expect(nameFits(odd, 'aabcx.csv')).toBe(false);
  });

  it.each([
    ['clients_full_2025-03-14.csv', true],
    ['clients_delta_2025-03-14.csv.gz', true],
    ['clients_2025-03-14.csv', false],
    ['old_clients_full_2025-03-14.csv', false],
  ])('%s fits one of several patterns: %s', (name, fits) => {
    const clients = contract({ file: { pattern: ['clients_full_*.csv', 'clients_delta_*.csv'], format: 'csv' } });
    expect(nameFits(clients, name)).toBe(fits);
  });

  it.each([
    ['customers_2025-03-14.csv', '2025-03-14'],
    ['customers_20250314.csv', '2025-03-14'],
    ['customers_2025-13-45_20250101.csv', '2025-01-01'],
    ['customers_v120250314.csv', '2024-02-29'],
    ['customers.csv', '2024-02-29'],
  ])('takes the date of %s', (name, date) => expect(fileDate(name, '2024-02-29T23:59:59.000Z')).toBe(date));

  it.each([
    ['2024-02-29', true],
    ['2025-02-29', false],
    ['2025-1-1', false],
    ['yesterday', false],
  ])('knows whether %s is a day: %s', (text, day) => expect(isDate(text)).toBe(day));

  it.each([
    ['landing/sales/a.csv', { dataset: 'sales', name: 'a.csv' }],
    ['landing/sales/2025/a.csv', { dataset: 'sales', name: 'a.csv' }],
    ['landing/a.csv', null],
    ['archive/sales/a.csv', null],
  ])('splits %s', (key, parts) => expect(splitLandingKey(key)).toEqual(parts));
});
