import { describe, expect, it } from 'vitest';
import { cursorField, fieldsToRead, schemaChanges, silentFields } from '../../lambdas/domain/crm-object.ts';
import { snakeCase, salesforceSourceSchema } from '../../lambdas/domain/salesforce-source.ts';

const field = (name: string, type = 'string', calculated = false) => ({ name, type, calculated });
const declared = { object: 'Account', optional: false, refresh: [] };
const described = {
  name: 'Account',
  fields: [
    field('Id', 'id'),
    field('BillingAddress', 'address'),
    field('Logo', 'base64'),
    field('Age__c', 'double', true),
    field('SystemModstamp', 'datetime'),
  ],
};

describe('The description of a CRM object', () => {
  it('leaves out compound and base64 fields', () => {
    expect(fieldsToRead(described, declared).map(({ name }) => name)).toEqual(['Id', 'Age__c', 'SystemModstamp']);
  });

  it('reads the listed fields and what extraction needs', () => {
    const names = fieldsToRead(described, { ...declared, fields: ['age__c'] }).map(({ name }) => name);
    expect(names).toEqual(['Id', 'Age__c', 'SystemModstamp']);
    expect(fieldsToRead(described, { ...declared, fields: ['Nothing'] }).map(({ name }) => name)).toEqual([
      'Id',
      'SystemModstamp',
    ]);
  });

  it('orders changes by the best stamp there is', () => {
    const of = (...names: string[]) => cursorField({ name: 'X', fields: names.map((name) => field(name)) });
    expect(of('CreatedDate', 'LastModifiedDate', 'SystemModstamp')).toBe('SystemModstamp');
    expect(of('CreatedDate', 'LastModifiedDate')).toBe('LastModifiedDate');
    expect(of('CreatedDate')).toBe('CreatedDate');
    expect(of('Id')).toBeNull();
  });

  it('knows the fields that change without a stamp', () => {
    expect(silentFields(described.fields, declared, null)).toEqual(['Age__c']);
    expect(silentFields(described.fields, declared, new Set(['age__c']))).toEqual(['Age__c']);
    expect(silentFields(described.fields, declared, new Set(['name']))).toEqual([]);
    expect(silentFields([field('Status')], { ...declared, refresh: ['status'] }, new Set())).toEqual(['Status']);
  });

  it('tells what became different', () => {
    const before = { Id: 'id', Gone: 'string', Kept: 'int', Changed: 'int' };
    const after = { Id: 'id', Kept: 'int', Changed: 'double', New__c: 'string' };
    expect(schemaChanges(before, after)).toEqual([
      { field: 'Changed', change: 'retyped', before: 'int', after: 'double' },
      { field: 'Gone', change: 'removed', before: 'string', after: null },
      { field: 'New__c', change: 'added', before: null, after: 'string' },
    ]);
  });
});

describe('The declaration of an org', () => {
  it('names tables in snake case', () => {
    expect(['Account', 'OpportunityLineItem', 'Product2', 'Invoice__c'].map(snakeCase)).toEqual([
      'account',
      'opportunity_line_item',
      'product2',
      'invoice__c',
    ]);
  });

  it('refuses an overlap that could lose updates, and objects named twice', () => {
    const source = {
      owner: 'a@example.com',
      secret: 'b',
      api_version: '62.0',
      lag_seconds: 10,
      overlap_seconds: 60,
      objects: [{ object: 'Account' }, { object: 'account' }],
    };
    const messages = salesforceSourceSchema
      .safeParse(source)
      .error?.issues.map((issue) => issue.message)
      .join('\n');
    expect(messages).toMatch(/at least 600/);
    expect(messages).toMatch(/stands twice/);
  });
});
