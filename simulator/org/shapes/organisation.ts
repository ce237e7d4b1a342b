import type { ObjectShape } from '../object-shape.ts';
import { auditFields, boolean, date, double, email, id, int, phone, picklist, reference, string } from './fields.ts';
import { object } from './object.ts';
import { currencyCodes } from './picklists.ts';

/** Users cannot be deleted, only made inactive. */
export const user: ObjectShape = object('User', '005', [
  id(),
  string('Username', 80, { required: true }),
  string('LastName', 80, { required: true }),
  string('FirstName', 40),
  string('Name', 121, { required: true }),
  string('Title', 80),
  string('Department', 80),
  email('Email'),
  phone('Phone'),
  boolean('IsActive'),
  picklist('UserType', ['Standard'], { required: true }),
  reference('ManagerId', 'User'),
  picklist('DefaultCurrencyIsoCode', currencyCodes),
  picklist('CurrencyIsoCode', currencyCodes, { required: true }),
  ...auditFields(),
]);

/** ConversionRate is units of the currency per unit of the corporate currency, as Salesforce defines it. */
export const currencyType: ObjectShape = object('CurrencyType', '01L', [
  id(),
  string('IsoCode', 3, { required: true }),
  double('ConversionRate', 18, 6, { required: true }),
  int('DecimalPlaces'),
  boolean('IsActive'),
  boolean('IsCorporate'),
  ...auditFields(),
]);

/** Holds from StartDate up to, but not including, NextStartDate. */
export const datedConversionRate: ObjectShape = object('DatedConversionRate', '04w', [
  id(),
  string('IsoCode', 3, { required: true }),
  date('StartDate', { required: true }),
  date('NextStartDate'),
  double('ConversionRate', 18, 6, { required: true }),
  ...auditFields(),
]);
