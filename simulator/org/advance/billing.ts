import type { OrgDay } from './org-day.ts';

/** Invoices paid in full or in part, and new ones. */
export async function billCustomers(day: OrgDay): Promise<{ invoicesPaid: number }> {
  const open = await day.pick('Invoice__c', day.count(120), ['Amount__c'], `"Status__c" = 'Posted'`);
  let invoicesPaid = 0;
  for (const { Id = '', Amount__c = '0' } of open) {
    const inFull = day.random.chance(0.85);
    if (inFull) invoicesPaid++;
    const paid = inFull ? Amount__c : String(Math.floor(Number(Amount__c) / 2));
    const values = { Paid_Amount__c: paid, Paid_Date__c: day.date, Status__c: inFull ? 'Paid' : 'Posted' };
    day.update('Invoice__c', Id, values);
  }
  const accounts = await day.pick(
    'Account',
    day.count(200),
    ['OwnerId', 'CurrencyIsoCode'],
    `"AccountStatus__c" = 'Active'`,
  );
  for (const { Id = '', OwnerId = '', CurrencyIsoCode = 'USD' } of accounts) {
    const due = new Date(day.start.getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
    await day.insert('Invoice__c', OwnerId, {
      Name: `INV-${day.date.replaceAll('-', '')}-${day.changes.length}`,
      Account__c: Id,
      Invoice_Date__c: day.date,
      Due_Date__c: due,
      Amount__c: day.random.integer(10, 900) * 100,
      Paid_Amount__c: 0,
      Status__c: 'Posted',
      CurrencyIsoCode,
      OwnerId,
    });
  }
  return { invoicesPaid };
}

/** Usage reports of installed products, and contracts renewed before they end. */
export async function useServices(day: OrgDay): Promise<void> {
  const assets = await day.pick('Asset', day.count(300), ['AccountId', 'Product2Id', 'OwnerId', 'CurrencyIsoCode']);
  for (const { AccountId = '', Product2Id = '', OwnerId = '', CurrencyIsoCode = 'USD' } of assets) {
    const quantity = day.random.integer(100, 40_000);
    await day.insert('Usage__c', OwnerId, {
      Name: `U-${day.date.replaceAll('-', '')}-${day.changes.length}`,
      Account__c: AccountId,
      Product2__c: Product2Id,
      Usage_Date__c: day.date,
      Metric__c: 'api_calls',
      Quantity__c: quantity,
      Active_Users__c: Math.ceil(quantity / 100),
      CurrencyIsoCode,
    });
  }
  const ending = `"Status" = 'Activated' and "EndDate" < date '${day.date}' + 60`;
  const fields = ['AccountId', 'EndDate', 'OwnerId', 'CurrencyIsoCode'];
  for (const { AccountId = '', EndDate = '', OwnerId = '', CurrencyIsoCode = 'USD' } of await day.pick(
    'Contract',
    day.count(10),
    fields,
    ending,
  )) {
    const [start, end] = [1, 365].map((days) =>
      new Date(Date.parse(EndDate) + days * 86_400_000).toISOString().slice(0, 10),
    );
    await day.insert('Contract', OwnerId, {
      ContractNumber: `${day.date.replaceAll('-', '')}-${day.changes.length}`,
      AccountId,
      StartDate: start ?? null,
      EndDate: end ?? null,
      ContractTerm: 12,
      Status: 'Activated',
      CustomerSignedDate: day.date,
      CurrencyIsoCode,
      OwnerId,
    });
  }
}

/** Once the newest rates are a week old: new ones, which end the old. */
export async function setRates(day: OrgDay): Promise<void> {
  const newest = `"IsoCode" <> 'USD' and "NextStartDate" = date '9999-12-31' and "StartDate" <= date '${day.date}' - 7`;
  const rates = await day.pick('DatedConversionRate', 100, ['IsoCode', 'ConversionRate', 'CreatedById'], newest);
  for (const { Id = '', IsoCode = '', ConversionRate = '', CreatedById = '' } of rates) {
    const rate = (Number(ConversionRate) * (0.99 + 0.02 * day.random.next())).toFixed(6);
    const stampedAt = day.moment();
    day.update('DatedConversionRate', Id, { NextStartDate: day.date }, stampedAt);
    const values = { IsoCode, StartDate: day.date, NextStartDate: '9999-12-31', ConversionRate: rate };
    await day.insert('DatedConversionRate', CreatedById, values, stampedAt);
    const [type] = await day.pick('CurrencyType', 1, [], `"IsoCode" = '${IsoCode}'`);
    if (type !== undefined) day.update('CurrencyType', type.Id ?? '', { ConversionRate: rate }, stampedAt);
  }
}
