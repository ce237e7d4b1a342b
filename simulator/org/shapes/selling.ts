import type { ObjectShape } from '../object-shape.ts';
import {
  auditFields,
  boolean,
  currency,
  date,
  datetime,
  double,
  id,
  int,
  isDeleted,
  percent,
  picklist,
  reference,
  string,
  textarea,
} from './fields.ts';
import { object } from './object.ts';
import { currencyCodes, forecastCategories, leadSources, productFamilies } from './picklists.ts';
import { stages } from './stages.ts';

const stageNames = stages.map(({ name }) => name);

export const opportunity: ObjectShape = object('Opportunity', '006', [
  id(),
  isDeleted(),
  reference('AccountId', 'Account'),
  string('Name', 120, { required: true }),
  textarea('Description', 32_000),
  picklist('StageName', stageNames, { required: true }),
  currency('Amount'),
  percent('Probability'),
  currency('ExpectedRevenue', { calculated: true }),
  date('CloseDate', { required: true }),
  picklist('Type', ['New Business', 'Existing Business', 'Renewal']),
  string('NextStep', 255),
  picklist('LeadSource', leadSources),
  boolean('IsClosed'),
  boolean('IsWon'),
  picklist('ForecastCategory', forecastCategories, { required: true }),
  picklist('CurrencyIsoCode', currencyCodes, { required: true }),
  reference('OwnerId', 'User', { required: true }),
  ...auditFields(),
  picklist('DealSize__c', ['Small', 'Medium', 'Large']),
  int('SalesCycle__c'),
  picklist('ProductInterest__c', productFamilies),
  currency('Budget__c'),
  picklist('Timeline__c', ['Immediate', 'This Quarter', 'This Year', 'Undecided']),
  double('Days_Open__c', 18, 0, { calculated: true }),
]);

export const opportunityLineItem: ObjectShape = object('OpportunityLineItem', '00k', [
  id(),
  isDeleted(),
  reference('OpportunityId', 'Opportunity', { required: true }),
  reference('Product2Id', 'Product2', { required: true }),
  string('ProductCode', 255),
  string('Name', 376),
  double('Quantity', 12, 2, { required: true }),
  currency('UnitPrice', { required: true }),
  currency('TotalPrice', { required: true }),
  date('ServiceDate'),
  picklist('CurrencyIsoCode', currencyCodes, { required: true }),
  ...auditFields(),
]);

/** Written by Salesforce at every change of stage, amount or close date; never changed afterwards, hence no LastModifiedDate. */
export const opportunityHistory: ObjectShape = object('OpportunityHistory', '008', [
  id(),
  isDeleted(),
  reference('OpportunityId', 'Opportunity', { required: true }),
  picklist('StageName', stageNames, { required: true }),
  currency('Amount'),
  currency('ExpectedRevenue'),
  date('CloseDate'),
  percent('Probability'),
  picklist('ForecastCategory', forecastCategories),
  picklist('CurrencyIsoCode', currencyCodes, { required: true }),
  datetime('CreatedDate', { required: true }),
  reference('CreatedById', 'User', { required: true }),
  datetime('SystemModstamp', { required: true }),
]);

export const product: ObjectShape = object('Product2', '01t', [
  id(),
  isDeleted(),
  string('Name', 255, { required: true }),
  string('ProductCode', 255),
  picklist('Family', productFamilies),
  textarea('Description', 4_000),
  boolean('IsActive'),
  picklist('CurrencyIsoCode', currencyCodes, { required: true }),
  ...auditFields(),
]);
