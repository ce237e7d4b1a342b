import type { ObjectShape } from '../object-shape.ts';
import {
  auditFields,
  boolean,
  currency,
  date,
  double,
  id,
  int,
  isDeleted,
  picklist,
  reference,
  string,
} from './fields.ts';
import { object } from './object.ts';
import { assetStatuses, billingFrequencies, contractStatuses, currencyCodes, invoiceStatuses } from './picklists.ts';

/** Status turns Expired when EndDate passes, without a new SystemModstamp. */
export const contract: ObjectShape = object('Contract', '800', [
  id(),
  isDeleted(),
  string('ContractNumber', 30, { required: true }),
  reference('AccountId', 'Account', { required: true }),
  date('StartDate'),
  date('EndDate'),
  int('ContractTerm'),
  picklist('Status', contractStatuses, { required: true }),
  date('CustomerSignedDate'),
  picklist('CurrencyIsoCode', currencyCodes, { required: true }),
  reference('OwnerId', 'User', { required: true }),
  ...auditFields(),
]);

export const asset: ObjectShape = object('Asset', '02i', [
  id(),
  isDeleted(),
  string('Name', 255, { required: true }),
  reference('AccountId', 'Account'),
  reference('ContactId', 'Contact'),
  reference('Product2Id', 'Product2'),
  picklist('Status', assetStatuses),
  currency('Price'),
  double('Quantity', 12, 2),
  date('PurchaseDate'),
  date('InstallDate'),
  date('UsageEndDate'),
  boolean('IsCompetitorProduct'),
  picklist('CurrencyIsoCode', currencyCodes, { required: true }),
  reference('OwnerId', 'User', { required: true }),
  ...auditFields(),
  boolean('Is_Recurring__c'),
  picklist('Billing_Frequency__c', billingFrequencies),
  int('Billing_Interval_Count__c'),
]);

export const invoice: ObjectShape = object('Invoice__c', 'a01', [
  id(),
  isDeleted(),
  string('Name', 80, { required: true }),
  reference('Account__c', 'Account', { required: true }),
  date('Invoice_Date__c'),
  date('Due_Date__c'),
  currency('Amount__c'),
  currency('Paid_Amount__c'),
  date('Paid_Date__c'),
  picklist('Status__c', invoiceStatuses),
  boolean('Disputed__c'),
  picklist('CurrencyIsoCode', currencyCodes, { required: true }),
  reference('OwnerId', 'User', { required: true }),
  ...auditFields(),
]);

export const usage: ObjectShape = object('Usage__c', 'a02', [
  id(),
  isDeleted(),
  string('Name', 80, { required: true }),
  reference('Account__c', 'Account', { required: true }),
  reference('Product2__c', 'Product2'),
  date('Usage_Date__c'),
  string('Metric__c', 80),
  double('Quantity__c', 18, 2),
  int('Active_Users__c'),
  picklist('CurrencyIsoCode', currencyCodes, { required: true }),
  ...auditFields(),
]);
