import type { ObjectShape } from '../object-shape.ts';
import {
  auditFields,
  boolean,
  date,
  datetime,
  id,
  int,
  isDeleted,
  picklist,
  reference,
  string,
  textarea,
} from './fields.ts';
import { object } from './object.ts';
import { currencyCodes } from './picklists.ts';

/** `Case`; the name in code avoids the reserved word. */
export const supportCase: ObjectShape = object('Case', '500', [
  id(),
  isDeleted(),
  string('CaseNumber', 30, { required: true }),
  reference('AccountId', 'Account'),
  reference('ContactId', 'Contact'),
  picklist('Type', ['Question', 'Problem', 'Feature Request']),
  picklist('Status', ['New', 'Working', 'Escalated', 'Closed'], { required: true }),
  picklist('Origin', ['Email', 'Phone', 'Web']),
  picklist('Priority', ['High', 'Medium', 'Low'], { required: true }),
  string('Subject', 255),
  textarea('Description', 32_000),
  boolean('IsClosed'),
  datetime('ClosedDate'),
  boolean('IsEscalated'),
  picklist('CurrencyIsoCode', currencyCodes, { required: true }),
  reference('OwnerId', 'User', { required: true }),
  ...auditFields(),
]);

/** IsViolated turns true when TargetDate passes, without a new SystemModstamp, and is not described as calculated. */
export const caseMilestone: ObjectShape = object('CaseMilestone', '555', [
  id(),
  isDeleted(),
  reference('CaseId', 'Case', { required: true }),
  datetime('StartDate'),
  datetime('TargetDate'),
  datetime('CompletionDate'),
  int('TargetResponseInMins'),
  boolean('IsCompleted'),
  boolean('IsViolated'),
  ...auditFields(),
]);

const taskSubtypes = ['Task', 'Email', 'Call'];

export const task: ObjectShape = object('Task', '00T', [
  id(),
  isDeleted(),
  reference('WhoId', 'Contact'),
  reference('WhatId', ['Account', 'Opportunity', 'Case']),
  reference('AccountId', 'Account'),
  string('Subject', 255),
  date('ActivityDate'),
  picklist('Status', ['Not Started', 'In Progress', 'Completed', 'Deferred'], { required: true }),
  picklist('Priority', ['High', 'Normal', 'Low'], { required: true }),
  boolean('IsClosed'),
  picklist('TaskSubtype', taskSubtypes),
  textarea('Description', 32_000),
  picklist('CurrencyIsoCode', currencyCodes, { required: true }),
  reference('OwnerId', 'User', { required: true }),
  ...auditFields(),
]);

export const event: ObjectShape = object('Event', '00U', [
  id(),
  isDeleted(),
  reference('WhoId', 'Contact'),
  reference('WhatId', ['Account', 'Opportunity', 'Case']),
  reference('AccountId', 'Account'),
  string('Subject', 255),
  string('Location', 255),
  date('ActivityDate'),
  datetime('StartDateTime'),
  datetime('EndDateTime'),
  int('DurationInMinutes'),
  textarea('Description', 32_000),
  picklist('CurrencyIsoCode', currencyCodes, { required: true }),
  reference('OwnerId', 'User', { required: true }),
  ...auditFields(),
]);
