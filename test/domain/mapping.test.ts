import { describe, expect, it } from 'vitest';
import { compileMapping } from '../../lambdas/domain/compile-mapping.ts';
import { compileVersion } from '../../lambdas/domain/compile-version.ts';
import { mappedFields, mappingSchema } from '../../lambdas/domain/mapping.ts';

const id = { name: 'account_id', from: 'Id', type: 'varchar', description: 'Id' };

function given(changes: Record<string, unknown> = {}, ...columns: Record<string, unknown>[]) {
  return {
    object: 'Account',
    table: 'account',
    row: 'one account',
    description: 'Accounts',
    owner: 'crm@example.com',
    key: 'account_id',
    columns: [id, ...columns.map((column) => ({ description: 'A column', type: 'varchar', ...column }))],
    ...changes,
  };
}

function problems(mapping: object): string[] {
  const parsed = mappingSchema.safeParse(mapping);
  return parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}

describe('a mapping', () => {
  it('reads the fields of its columns, their candidates, the currency and what versions need', () => {
    const mapping = mappingSchema.parse(
      given(
        { currency: { country: 'country', dates: ['since'] } },
        { name: 'segment', from: ['CustomerSegment__c', 'CustomerSegment'] },
        { name: 'country', from: 'BillingCountry' },
        { name: 'since', from: 'CreatedDate', type: 'timestamp' },
      ),
    );
    expect(mappedFields(mapping)).toEqual([
      ...['id', 'isdeleted', 'systemmodstamp', 'lastmodifieddate', 'createddate'],
      ...['customersegment__c', 'customersegment', 'billingcountry', 'currencyisocode'],
    ]);
  });

  it('tells every problem at once', () => {
    const faulty = given(
      { key: 'id', extra: true },
      { name: 'owner_id', from: 'OwnerId', normalise: ['upper'] },
      { name: 'amount', from: 'Amount', type: 'double' },
      { name: 'select', from: 'Name' },
    );
    const found = problems(faulty).join('\n');
    for (const part of ['an Id is never folded', "unknown type 'double'", 'meaning in SQL', 'extra']) {
      expect(found).toContain(part);
    }
  });

  it.each([
    [
      'a second column of a name',
      {},
      [
        { name: 'a', from: 'A' },
        { name: 'a', from: 'B' },
      ],
      'stands twice',
    ],
    ['a column that every table has', {}, [{ name: 'is_deleted', from: 'A' }], 'has this column already'],
    ['a key that is not the Id', { key: 'a' }, [{ name: 'a', from: 'A' }], 'the column that comes from Id'],
    [
      'money without a currency',
      {},
      [{ name: 'a', from: 'A', type: 'decimal(18,2)', money: true }],
      'know their currency',
    ],
    ['money that is no decimal', {}, [{ name: 'a', from: 'A', money: true }], 'is a decimal'],
    ['a currency dated by a text', { currency: { dates: ['account_id'] } }, [], 'date or timestamp'],
    [
      'a currency of an unknown column',
      { currency: { account: 'x', dates: ['account_id'] } },
      [],
      "unknown column 'x'",
    ],
    [
      'two ways to a currency',
      { currency: { account: 'account_id', country: 'account_id', dates: ['account_id'] } },
      [],
      'give one of parent, account and country',
    ],
    ['a field that is none', {}, [{ name: 'a', from: 'A b' }], 'API name of a field'],
    ['a text that cannot be cast', {}, [{ name: 'a', from: 'A', on_bad: 'quarantine' }], 'every text is a varchar'],
  ])('refuses %s', (_what, changes, columns, message) => {
    expect(problems(given(changes, ...columns)).join('\n')).toContain(message);
  });

  it('can set rows aside for a bad value or a missing one, with the reason', () => {
    const mapping = mappingSchema.parse(
      given({}, { name: 'since', from: 'Since__c', type: 'date', on_bad: 'quarantine', required: 'quarantine' }),
    );
    const { checks } = compileMapping(mapping, 'USD').contract;
    expect(checks.filter((check) => check.severity === 'quarantine').map((check) => check.check)).toEqual([
      'not_null',
      'not_null',
      'cast',
    ]);
  });

  it('quotes what has a meaning in SQL', () => {
    const mapping = mappingSchema.parse(given({}, { name: 'ending', from: 'End', default: "it's" }));
    const { sql } = compileVersion(mapping);
    expect(sql).toContain(`source."end"`);
    expect(sql).toContain(`'it''s'`);
  });
});
