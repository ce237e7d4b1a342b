import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { divideHalfAway, hundredths } from './reference/arithmetic.ts';
import { convertedSql } from '../../lambdas/domain/conversion.ts';
import { CrmWarehouse, type Fields } from './support/crm-warehouse.ts';

let warehouse: CrmWarehouse;

beforeAll(async () => {
  warehouse = await CrmWarehouse.open();
});

const inputs = ['silver.dropped_fx_rate', 'bronze.salesforce_currency_type', 'bronze.salesforce_dated_conversion_rate'];
const records = [
  'bronze.salesforce_account',
  'bronze.salesforce_opportunity',
  'bronze.salesforce_opportunity_line_item',
];

beforeEach(async () => {
  await warehouse.empty(...inputs, ...records);
});

/** Days of the files: `EUR 2025-01-10` -> rate. */
async function rates(given: Readonly<Record<string, string>>): Promise<void> {
  const rows = Object.entries(given).map(([name, usd_per_unit]) => {
    const [currency = '', rate_date = ''] = name.split(' ');
    return { currency, rate_date, usd_per_unit };
  });
  await warehouse.fill('silver.dropped_fx_rate', rows);
}

async function org(types: Readonly<Record<string, string>>, corporate = 'USD'): Promise<void> {
  await warehouse.extracted(
    'CurrencyType',
    ...Object.entries(types).map(([IsoCode, ConversionRate]) => ({
      Id: `01L${IsoCode}`,
      IsoCode,
      ConversionRate,
      IsCorporate: String(IsoCode === corporate),
    })),
  );
}

async function built(...tables: readonly string[]): Promise<void> {
  const rateTables = ['silver.country_currency', 'silver.default_fx_rate', 'silver.currency_type'];
  await warehouse.build(...rateTables, 'silver.dated_conversion_rate', 'silver.fx_rate', ...tables);
}

async function deal(record: Fields, account: Fields = {}) {
  await warehouse.extracted('Account', { Id: 'A', ...account });
  await warehouse.extracted('Opportunity', { Id: 'O', AccountId: 'A', Amount: '100.00', ...record });
  await built('silver.account', 'silver.opportunity');
  const [row] = await warehouse.rows(
    'select amount, amount_original, currency, fx_rate, fx_source from silver.opportunity',
  );
  return row;
}

const euro = (CloseDate: string) => deal({ CurrencyIsoCode: 'EUR', CloseDate });

describe('the rate of a day', () => {
  const known = { 'EUR 2025-01-10': '1.03', 'EUR 2025-01-20': '1.05', 'EUR 2025-03-05': '1.08' };

  it.each([
    ['2025-01-10', '103.00', 'the day itself'],
    ['2025-01-19', '103.00', 'the last day before the next rate'],
    ['2025-01-20', '105.00', 'the next rate'],
    ['2025-02-28', '105.00', 'a month without a rate'],
    ['2025-03-04', '105.00', 'a month with a later rate'],
    ['2025-03-31', '108.00', 'the last known month'],
    ['2027-12-24', '108.00', 'long after the last known rate'],
  ])('of %s gives %s: %s', async (day, amount) => {
    await rates(known);
    expect(await euro(day)).toMatchObject({
      amount,
      amount_original: '100.00',
      currency: 'EUR',
      fx_source: 'fx_rates',
    });
  });

  it('is missing before the first one: no amount, a warning, the original kept', async () => {
    await rates(known);
    expect(await euro('2025-01-09')).toEqual({
      amount: null,
      amount_original: '100.00',
      currency: 'EUR',
      fx_rate: null,
      fx_source: null,
    });
    expect(await warehouse.failedChecks('silver.opportunity')).toMatchObject({ 'converted(amount, budget)': 1 });
  });

  it('is missing for an unknown currency', async () => {
    expect(await deal({ CurrencyIsoCode: 'XTS', CloseDate: '2025-01-10' })).toMatchObject({
      amount: null,
      fx_rate: null,
    });
  });

  it('is 1 for US dollars, whatever a file says', async () => {
    await rates({ 'USD 2025-01-01': '2' });
    const row = await deal({ CurrencyIsoCode: 'usd', CloseDate: '1900-01-01' });
    expect(row).toEqual({
      amount: '100.00',
      amount_original: '100.00',
      currency: 'USD',
      fx_rate: '1.000000000000',
      fx_source: null,
    });
  });
});

describe('rates', () => {
  it('of files go before the org’s', async () => {
    await rates({ 'EUR 2025-01-01': '1.1' });
    await org({ USD: '1', EUR: '0.5', GBP: '0.8' });
    expect(await euro('2025-01-02')).toMatchObject({ amount: '110.00', fx_source: 'fx_rates' });
  });

  it('of the org are units per dollar: inverted, and kept with 12 digits', async () => {
    await org({ USD: '1', GBP: '0.8', JPY: '147.5' });
    expect(await deal({ CurrencyIsoCode: 'GBP', CloseDate: '1999-01-01' })).toMatchObject({
      amount: '125.00',
      fx_source: 'CurrencyType',
    });
    const [yen] = await warehouse.rows("select usd_per_unit from silver.fx_rate where currency = 'JPY' limit 1");
    expect(yen).toEqual({ usd_per_unit: '0.006779661017' });
  });

  it('of the org by date go before its current ones', async () => {
    await org({ USD: '1', EUR: '0.5' });
    const dated = (Id: string, StartDate: string, ConversionRate: string) => ({
      Id,
      IsoCode: 'EUR',
      StartDate,
      ConversionRate,
    });
    await warehouse.extracted('DatedConversionRate', dated('1', '2025-01-01', '0.8'), dated('2', '2025-02-01', '0.9'));
    expect(await euro('2025-01-31')).toMatchObject({ amount: '125.00', fx_source: 'DatedConversionRate' });
  });

  it('of an org that does not count in dollars are not used, with a warning', async () => {
    await org({ EUR: '1', USD: '1.1' }, 'EUR');
    expect(await euro('2025-01-31')).toMatchObject({ fx_source: 'default' });
    expect(await warehouse.failedChecks('silver.fx_rate')).toEqual({ 'org_counts_in_usd.sql': 1 });
  });

  it('for want of better ones come from config/fx.json, with a warning', async () => {
    expect(await euro('2025-02-01')).toMatchObject({
      amount: '103.56',
      fx_rate: '1.035630000000',
      fx_source: 'default',
    });
    expect(await warehouse.failedChecks('silver.opportunity')).toMatchObject({ 'accepted(fx_source)': 1 });
  });

  it('that are inverted are noticed: all of a currency, or one of them', async () => {
    await rates({
      'JPY 2025-01-10': '147.5',
      'GBP 2025-01-10': '1.25',
      'EUR 2025-01-10': '1.09',
      'EUR 2025-01-11': '0.917',
    });
    await built();
    expect(await warehouse.failedChecks('silver.fx_rate')).toEqual({ 'fx_rates_not_inverted.sql': 2 });
  });

  it('that cross 1 slowly are not taken for inverted ones', async () => {
    await rates({
      'EUR 2022-05-10': '1.06',
      'EUR 2022-07-10': '1.02',
      'EUR 2022-09-10': '0.97',
      'EUR 2022-12-10': '1.05',
      'EUR 2023-01-10': '1.08',
    });
    await built();
    expect(await warehouse.failedChecks('silver.fx_rate')).toEqual({});
  });
});

describe('the currency of a record', () => {
  it.each([
    ['its own', { CurrencyIsoCode: 'GBP' }, { BillingCountry: 'Germany', CurrencyIsoCode: 'JPY' }, 'GBP'],
    ['that of the account’s country', {}, { BillingCountry: ' germany ', CurrencyIsoCode: 'JPY' }, 'EUR'],
    ['the default in an unknown country', {}, { BillingCountry: 'Atlantis' }, 'USD'],
    ['the default without a country', {}, {}, 'USD'],
  ])('is %s', async (_what, record, account, currency) => {
    expect(await deal({ CloseDate: '2025-03-01', ...record }, account)).toMatchObject({ currency });
  });

  it('of a line is that of its opportunity, at the rate of the close date', async () => {
    await rates({ 'EUR 2025-01-01': '1.1', 'EUR 2025-02-01': '1.2' });
    await warehouse.extracted('Account', { Id: 'A', BillingCountry: 'France' });
    await warehouse.extracted('Opportunity', { Id: 'O', AccountId: 'A', CloseDate: '2025-01-15' });
    await warehouse.extracted('OpportunityLineItem', {
      Id: 'L',
      OpportunityId: 'O',
      TotalPrice: '10',
      ServiceDate: '2025-02-15',
    });
    await built('silver.account', 'silver.opportunity', 'silver.opportunity_line_item');
    expect(await warehouse.rows('select total_price, currency from silver.opportunity_line_item')).toEqual([
      { total_price: '11.00', currency: 'EUR' },
    ]);
  });
});

describe('the product of amount and rate', () => {
  it('is rounded once, half away from zero, for any amount and rate', async () => {
    const cents = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
    const rate = fc.oneof(
      fc.bigInt({ min: 1n, max: 20n * 10n ** 12n }),
      fc.constantFrom(10n ** 12n, 5n * 10n ** 11n, 10n ** 9n, 25n * 10n ** 10n, 15n * 10n ** 11n),
    );
    const [{ sql } = { sql: '' }] = [warehouse.modelOf('silver.orders')];
    const converted = convertedSql('amount', 'fx_rate', 'decimal(18,2)');
    expect(sql).toContain(converted);
    const sample = fc.sample(fc.tuple(cents, rate), { numRuns: 2_000, seed: 7 });
    const digits = (value: bigint) => {
      const text = value.toString().padStart(13, '0');
      return `${text.slice(0, -12)}.${text.slice(-12)}`;
    };
    const values = sample.map(
      ([c, r]) => `(cast('${hundredths(c)}' as decimal(18,2)), cast('${digits(r)}' as decimal(20,12)))`,
    );
    const rows = await warehouse.rows(
      `select cast(${converted} as varchar) as usd from (values ${values.join(', ')}) as t(amount, fx_rate)`,
    );
    expect(rows.map((row) => row.usd)).toEqual(sample.map(([c, r]) => hundredths(divideHalfAway(c * r, 10n ** 12n))));
  });
});
