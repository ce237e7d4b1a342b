import { describe, expect, it } from 'vitest';
import { chooseDataset } from '../../lambdas/domain/choose-dataset.ts';
import { salesforceSourceSchema } from '../../lambdas/domain/salesforce-source.ts';
import { contract } from '../support/contract.ts';

const salesforce = salesforceSourceSchema.parse({
  owner: 'crm@example.com',
  secret: 'org',
  api_version: '62.0',
  objects: [{ object: 'Account' }, { object: 'Contract' }],
});
const sales = contract({ file: { pattern: ['sales_*.csv', 'contract*.csv'], format: 'csv' } });
const stores = contract({ dataset: 'stores', table: 'store', file: { pattern: '*_2025.csv', format: 'csv' } });
const targets = { datasets: [sales, stores], salesforce };

describe('chooseDataset', () => {
  it.each([
    ['sales_1.csv', null, 'sales'],
    ['Account.csv', null, 'salesforce-export'],
    ['account.csv.gz', null, 'salesforce-export'],
    ['contract.csv', null, 'sales'],
    ['contract.csv', 'salesforce-export', 'salesforce-export'],
    ['any', 'stores', 'stores'],
  ])('finds where %s belongs, asked for %s', (name, wanted, folder) => {
    expect(chooseDataset(targets, name, wanted)).toBe(folder);
  });

  it.each([
    [
      'Lead.csv',
      null,
      "The file name 'Lead.csv' fits no dataset; say which with --dataset; datasets: sales, salesforce-export, stores",
    ],
    ['sales_2025.csv', null, /fits several datasets \(sales, stores\)/],
    ['a.csv', 'salse', "There is no dataset 'salse'; datasets: sales, salesforce-export, stores"],
  ])('says what can be chosen for %s, asked for %s', (name, wanted, message) => {
    expect(() => chooseDataset(targets, name, wanted)).toThrow(message);
  });

  it('takes no Data Export without a declared org', () => {
    expect(() => chooseDataset({ ...targets, salesforce: null }, 'Account.csv', null)).toThrow(
      'datasets: sales, stores',
    );
  });
});
