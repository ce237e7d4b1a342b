import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CrmWarehouse, type Fields } from './support/crm-warehouse.ts';

let warehouse: CrmWarehouse;

beforeAll(async () => {
  warehouse = await CrmWarehouse.open();
  await warehouse.buildAll('silver.country_currency', 'silver.fx_rate');
});

const bronzeTables = ['account', 'contact', 'opportunity', 'product2', 'asset', 'invoice__c'];

beforeEach(async () => {
  await warehouse.empty(...bronzeTables.map((name) => `bronze.salesforce_${name}`), 'bronze.salesforce_deletion');
});

async function one(object: string, table: string, record: Fields, columns: string) {
  await warehouse.extracted(object, { Id: 'X1', ...record });
  await warehouse.build(`silver.${table}`);
  const [row] = await warehouse.rows(`select ${columns} from silver.${table}`);
  return row;
}

const account = (record: Fields, columns: string) => one('Account', 'account', record, columns);
const opportunity = (record: Fields, columns: string) => one('Opportunity', 'opportunity', record, columns);

describe('time stamps', () => {
  it.each([
    ['2025-01-31T10:00:00.000Z', '2025-01-31 10:00:00'],
    ['2025-01-31T10:00:00.000+0000', '2025-01-31 10:00:00'],
    ['2025-01-31T10:00:00Z', '2025-01-31 10:00:00'],
    ['2025-01-31T10:00:00.123Z', '2025-01-31 10:00:00.123'],
    ['2025-01-31T10:00:00.123456+05:30', '2025-01-31 04:30:00.123'],
    ['2025-01-01T00:30:00.000+0100', '2024-12-31 23:30:00'],
    ['2025-01-31T20:00:00-0800', '2025-02-01 04:00:00'],
    ['2025-01-31 10:00', '2025-01-31 10:00:00'],
  ])('%s is %s in UTC', async (text, expected) => {
    const columns = 'cast(created_date as varchar) as at, _bad_columns as bad';
    expect(await account({ CreatedDate: text }, columns)).toEqual({ at: expected, bad: null });
  });

  it.each(['2025-02-30T10:00:00Z', '2025-01-31', 'epoch', '31.01.2025 10:00', '2025-01-31T10:00:00 UTC'])(
    '%s is none, and stays findable',
    async (text) => {
      const row = await account({ CreatedDate: text }, 'created_date, _bad_columns, _bad_values');
      expect(row).toEqual({
        created_date: null,
        _bad_columns: ',created_date,',
        _bad_values: `created_date: ${text}; `,
      });
      expect(await warehouse.failedChecks('silver.account')).toMatchObject({ 'cast(created_date)': 1 });
    },
  );
});

describe('booleans', () => {
  it.each([
    ['true', 'salesforce', true],
    ['TRUE', 'salesforce', true],
    ['1', 'salesforce-export', true],
    ['false', 'salesforce', false],
    ['0', 'salesforce-export', false],
    [null, 'salesforce-export', false],
    [null, 'salesforce', null],
  ])('%s from %s is %s', async (text, _source_system, expected) => {
    expect(await opportunity({ IsWon: text, _source_system }, 'is_won')).toEqual({ is_won: expected });
  });

  it('takes nothing else', async () => {
    expect(await opportunity({ IsWon: 'yes' }, 'is_won, _bad_values')).toEqual({
      is_won: null,
      _bad_values: 'is_won: yes; ',
    });
  });
});

describe('numbers', () => {
  it.each([
    ['1124741.15', '1124741.15'],
    ['  100 ', '100.00'],
    ['100.500', '100.50'],
    ['-.5', '-0.50'],
    ['1.39E8', '139000000.00'],
    ['1.5e-1', '0.15'],
    ['1E15', '1000000000000000.00'],
    ['9999999999999999.99', '9999999999999999.99'],
  ])('%s is the amount %s', async (text, expected) => {
    expect(await opportunity({ Amount: text }, 'amount, _bad_columns')).toEqual({
      amount: expected,
      _bad_columns: null,
    });
  });

  it.each([
    '12,5',
    '1.005',
    '1.23456E2',
    '0x1F',
    '1_000',
    'infinity',
    '99999999999999999',
    '1E16',
    '1E30',
    '-9.9e35',
    '1E40',
    '9.9E99',
    '1e-99',
    'NA',
  ])('%s is no amount', async (text) => {
    expect(await opportunity({ Amount: text }, 'amount, amount_original, _bad_values')).toEqual({
      amount: null,
      amount_original: null,
      _bad_values: `amount: ${text}; `,
    });
  });

  it.each([
    ['577', '577'],
    ['577.0', '577'],
    ['-3', '-3'],
    ['5.5', null],
    ['1e3', null],
  ])('%s employees are %s', async (text, expected) => {
    expect(await account({ NumberOfEmployees: text }, 'number_of_employees')).toEqual({
      number_of_employees: expected,
    });
  });

  it('counts failures by column and by row', async () => {
    await warehouse.extracted(
      'Opportunity',
      { Id: 'A', Amount: 'x', CloseDate: 'y' },
      { Id: 'B', Amount: '1', CloseDate: 'z' },
    );
    await warehouse.build('silver.opportunity');
    expect(await warehouse.failedChecks('silver.opportunity')).toMatchObject({
      'cast(amount)': 1,
      'cast(close_date)': 2,
    });
    const rows = await warehouse.rows(
      'select _bad_columns, _bad_values from silver.opportunity order by opportunity_id',
    );
    expect(rows[0]).toEqual({ _bad_columns: ',amount,close_date,', _bad_values: 'amount: x; close_date: y; ' });
  });
});

describe('texts', () => {
  it('keep what looks like nothing', async () => {
    const row = await account(
      { Name: 'null', Industry: 'NA', AccountNumber: '01234', Site: '' },
      'name, industry, account_number, site',
    );
    expect(row).toEqual({ name: 'null', industry: 'NA', account_number: '01234', site: null });
  });

  it('keep every character within', async () => {
    const text = 'a "b"\r\n\u2028 😀 ,;';
    expect(await account({ Description: ` ${text}x\t` }, 'description')).toEqual({ description: `${text}x` });
  });

  it('of Ids are never folded', async () => {
    await warehouse.extracted('Account', { Id: '001Ec00000FzlUd' }, { Id: '001ec00000FzlUd' });
    await warehouse.build('silver.account');
    expect(await warehouse.rows('select account_id from silver.account order by 1')).toHaveLength(2);
  });

  it('that are mended by the mapping', async () => {
    expect(await account({ Industry: 'technolgy' }, 'industry')).toEqual({ industry: 'technology' });
    expect(await one('Product2', 'crm_product', { Name: 'GTXPro' }, 'name')).toEqual({ name: 'GTX Pro' });
  });

  it.each([
    ['CustomerSegment__c', { CustomerSegment__c: 'SMB', CustomerSegment: 'x' }, 'SMB'],
    ['CustomerSegment', { CustomerSegment__c: ' ', CustomerSegment: 'SMB' }, 'SMB'],
    ['nothing', {}, null],
  ])('come from the first field that has one: %s', async (_field, record, expected) => {
    expect(await account(record, 'customer_segment')).toEqual({ customer_segment: expected });
  });

  it.each([
    ['(555) 123-4567', '5551234567'],
    ['+49 30 1234-5', '+493012345'],
    ['555.123.4567 x89', '5551234567'],
    ['555 1234 Ext. 7', '5551234'],
    ['n/a', null],
  ])('of telephones: %s is %s', async (text, expected) => {
    expect(await account({ Phone: text }, 'phone')).toEqual({ phone: expected });
  });
});

describe('e-mail addresses', () => {
  const contact = (Email: string) => one('Contact', 'contact', { Email, LastName: 'Lee' }, 'email');

  it('are normalised', async () => {
    expect(await contact(' mailto:Ann.Lee@Example.COM ')).toEqual({ email: 'ann.lee@example.com' });
    expect(await warehouse.failedChecks('silver.contact')).toEqual({});
  });

  it.each(['ann', 'ann@', '@example.com', 'ann@example', 'a b@example.com', 'ann@@example.com', 'ann@example..com'])(
    '%s is a warning, and kept',
    async (text) => {
      expect(await contact(text)).toEqual({ email: text });
      expect(await warehouse.failedChecks('silver.contact')).toEqual({ 'pattern(email)': 1 });
    },
  );
});

describe('what is required', () => {
  it('warns of an opportunity without account, and of one whose account is unknown', async () => {
    await warehouse.extracted('Account', { Id: 'A', Name: 'Acme' });
    const given = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2025-01-01' };
    await warehouse.extracted(
      'Opportunity',
      { ...given, Id: 'O1', AccountId: 'A' },
      { ...given, Id: 'O2', AccountId: null },
      { ...given, Id: 'O3', AccountId: 'B' },
    );
    await warehouse.build('silver.account', 'silver.opportunity');
    expect(await warehouse.failedChecks('silver.opportunity')).toEqual({
      'not_null(account_id)': 1,
      'reference(account_id)': 1,
    });
    expect(await warehouse.rows('select opportunity_id from silver.opportunity')).toHaveLength(3);
  });

  it('sets aside a record without Id', async () => {
    await warehouse.extracted('Account', { Id: null, Name: 'Nobody' }, { Id: 'A', Name: 'Acme' });
    await warehouse.build('silver.account');
    expect(await warehouse.rows('select name from silver.account')).toEqual([{ name: 'Acme' }]);
    expect(await warehouse.rows('select name, _reasons from quarantine.silver_account')).toEqual([
      { name: 'Nobody', _reasons: 'NO_ID' },
    ]);
  });

  it('warns of a value that is not accepted', async () => {
    await one('Asset', 'asset', { Billing_Frequency__c: 'Decade' }, '1');
    expect(await warehouse.failedChecks('silver.asset')).toMatchObject({ 'accepted(billing_frequency)': 1 });
  });
});
