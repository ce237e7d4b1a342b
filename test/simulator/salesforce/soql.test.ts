import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrgDatabase } from '../../../simulator/org/org-database.ts';
import { SalesforceError } from '../../../simulator/salesforce/api-error.ts';
import { OrgSchema } from '../../../simulator/salesforce/org-schema.ts';
import { RestQueries } from '../../../simulator/salesforce/rest-queries.ts';
import { compileBulkQuery } from '../../../simulator/salesforce/soql/bulk-query.ts';
import { AWKWARD, NOW, ids, openSmallOrg } from './small-org.ts';

let org: OrgDatabase;
let queries: RestQueries;

beforeAll(async () => {
  org = await openSmallOrg();
  queries = new RestQueries(org.connection);
  await queries.prepare();
});

afterAll(() => org.close());

const context = (includeDeleted = false) => ({ schema: new OrgSchema(org.shapes), now: NOW, includeDeleted });

interface Answer {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

async function run(soql: string, includeDeleted = false): Promise<Answer> {
  return JSON.parse(await queries.run(soql, context(includeDeleted), '62.0', 2000)) as Answer;
}

/** Names of the accounts that fulfil a condition, sorted. */
async function accountsWhere(condition: string, includeDeleted = false): Promise<readonly string[]> {
  const { records } = await run(`SELECT Name FROM Account WHERE ${condition} ORDER BY Name`, includeDeleted);
  return records.map(({ Name }) => String(Name));
}

async function refusal(soql: string): Promise<string> {
  const error: unknown = await queries.run(soql, context(), '62.0', 2000).catch((cause: unknown) => cause);
  return error instanceof SalesforceError ? `${error.errorCode}: ${error.message}` : `not refused: ${String(error)}`;
}

const [acme, globex, initech] = ['Acme', 'globex', "Init'ech 100%"];

describe('conditions', () => {
  test.each<[string, readonly string[]]>([
    ["name = 'ACME'", [acme]],
    ["Name != 'acme'", [globex, initech]],
    ["Industry != 'Energy'", [globex, initech]],
    ["NOT (Industry = 'Energy')", [globex, initech]],
    ["NOT Industry = 'Energy' AND Name LIKE 'g%'", [globex]],
    ['Industry = null', [globex]],
    ["Industry != ''", [acme, initech]],
    ["Name = 'Init\\'ech 100%'", [initech]],
    ["Name LIKE '%EX'", [globex]],
    ["Name LIKE 'A_me'", [acme]],
    ["Name LIKE '%100\\%'", [initech]],
    ["Name IN ('acme', 'GLOBEX', 'nobody')", [acme, globex]],
    ["Industry NOT IN ('Energy')", [globex, initech]],
    ["Industry IN ('Energy', null)", [acme, globex]],
    ['AnnualRevenue > 5', [acme]],
    ['AnnualRevenue >= 5.0 AND AnnualRevenue < 12345679', [acme, globex]],
    ['AnnualRevenue = 12345678.9', [acme]],
    ["(Name = 'acme' OR Name = 'globex') AND AnnualRevenue = 5", [globex]],
    ['NOT (AnnualRevenue = 5 OR Industry = null)', [acme, initech]],
    ['SystemModstamp >= 2025-03-14T09:30:00Z', [globex, initech]],
    ['SystemModstamp > 2025-03-14T09:30:00.000+0000', [initech]],
    ['SystemModstamp >= 2025-03-14T10:30:00+01:00', [globex, initech]],
    ['CreatedDate = TODAY', [initech]],
    ['CreatedDate = YESTERDAY', [globex]],
    ['CreatedDate < TODAY', [acme, globex]],
    ['CreatedDate = LAST_N_DAYS:1', [globex, initech]],
    ['CreatedDate >= LAST_N_DAYS:70', [acme, globex, initech]],
    ['CreatedDate = LAST_N_MONTHS:2', [acme]],
    ['CreatedDate != THIS_MONTH', [acme]],
    ['IsDeleted = FALSE', [acme, globex, initech]],
    [`Id = '${ids.acme}'`, [acme]],
    [`Id = '${ids.acme.slice(0, 15)}'`, [acme]],
    [`ParentId IN ('${ids.acme.slice(0, 15)}')`, [globex]],
    ["Owner.Name = 'bob'", [acme]],
    ["Owner.Manager.Name = 'Ann'", [acme]],
    ["Parent.Owner.Name = 'bob'", [globex]],
    ["Id IN (SELECT AccountId FROM Opportunity WHERE StageName = 'Prospecting')", [acme]],
    ["Id NOT IN (SELECT AccountId FROM Opportunity) AND Name LIKE 'g%'", [globex]],
  ])('%s', async (condition, expected) => {
    expect(await accountsWhere(condition)).toEqual(expected);
  });

  test('Ids that differ by case only are different', async () => {
    const other = ids.acme.slice(0, 15).replace('Hw', 'hW');
    expect(await accountsWhere(`Id = '${other}'`)).toEqual([]);
  });

  test('queryAll shows what is in the recycle bin', async () => {
    expect(await accountsWhere('AnnualRevenue < 6')).toEqual([globex]);
    expect(await accountsWhere('AnnualRevenue < 6', true)).toEqual([globex, 'Gone']);
    expect(await accountsWhere('IsDeleted = true', true)).toEqual(['Gone']);
  });

  test('dates compare with dates', async () => {
    const { totalSize } = await run(
      'SELECT Id FROM Opportunity WHERE CloseDate = NEXT_N_DAYS:5 AND CloseDate = 2025-03-20',
    );
    expect(totalSize).toBe(1);
  });
});

describe('what is selected', () => {
  test('values come as Salesforce prints them, under the names of the org', async () => {
    const json = await queries.run(
      `select id, NAME, annualrevenue, numberofemployees, createddate, isdeleted, industry, description, BillingAddress,
       owner.name, owner.manager.name, parent.name from account where id = '${ids.acme}'`,
      context(),
      '62.0',
      2000,
    );
    expect(json).toContain('"AnnualRevenue":1.23456789E7,"NumberOfEmployees":250,');
    const userUrl = (id: string) => ({ type: 'User', url: `/services/data/v62.0/sobjects/User/${id}` });
    expect((JSON.parse(json) as Answer).records).toEqual([
      {
        attributes: { type: 'Account', url: `/services/data/v62.0/sobjects/Account/${ids.acme}` },
        Id: ids.acme,
        Name: 'Acme',
        AnnualRevenue: 12345678.9,
        NumberOfEmployees: 250,
        CreatedDate: '2025-01-10T08:00:00.000+0000',
        IsDeleted: false,
        Industry: 'Energy',
        Description: AWKWARD,
        BillingAddress: {
          city: 'Köln',
          country: null,
          geocodeAccuracy: null,
          latitude: null,
          longitude: null,
          postalCode: null,
          state: null,
          street: null,
        },
        Owner: {
          attributes: userUrl(ids.bob),
          Name: 'Bob',
          Manager: { attributes: userUrl(ids.ann), Name: 'Ann' },
        },
        Parent: null,
      },
    ]);
  });

  test('a polymorphic parent is found among its objects', async () => {
    const { records } = await run('SELECT Who.Name, What.Name, ActivityDate FROM Task');
    expect(records[0]).toMatchObject({
      Who: { attributes: { type: 'Contact' } },
      What: { attributes: { type: 'Account' }, Name: 'Acme' },
      ActivityDate: '2025-03-15',
    });
  });

  test('counts and aggregates', async () => {
    expect(await run('SELECT COUNT() FROM Account')).toEqual({ totalSize: 3, done: true, records: [] });
    expect(
      (await run('SELECT COUNT(Id) n, MIN(CreatedDate), MAX(AnnualRevenue), SUM(AnnualRevenue) FROM Account')).records,
    ).toEqual([
      {
        attributes: { type: 'AggregateResult' },
        n: 3,
        expr0: '2025-01-10T08:00:00.000+0000',
        expr1: 12345678.9,
        expr2: 12345683.9,
      },
    ]);
    const { records } = await run('SELECT Industry, COUNT(Id) FROM Account GROUP BY Industry ORDER BY Industry');
    expect(records.map(({ Industry, expr0 }) => [Industry, expr0])).toEqual([
      [null, 1],
      ['Banking', 1],
      ['Energy', 1],
    ]);
  });

  test('FIELDS(ALL) is every field, FIELDS(CUSTOM) the custom ones', async () => {
    const [all = {}] = (await run('SELECT FIELDS(ALL) FROM Account LIMIT 1')).records;
    const account = new OrgSchema(org.shapes).object('Account');
    expect(Object.keys(all)).toEqual(['attributes', ...account.fields.map(({ name }) => name)]);
    const [custom = {}] = (await run('SELECT FIELDS(CUSTOM) FROM Account LIMIT 1')).records;
    expect(Object.keys(custom).every((name) => name === 'attributes' || name.endsWith('__c'))).toBe(true);
  });

  test('order ignores case and puts nulls first; limit and offset cut', async () => {
    const revenues = async (tail: string) =>
      (await run(`SELECT Name FROM Account ORDER BY ${tail}`)).records.map(({ Name }) => Name);
    expect(await revenues('Name')).toEqual([acme, globex, initech]);
    expect(await revenues('AnnualRevenue DESC')).toEqual([initech, acme, globex]);
    expect(await revenues('AnnualRevenue DESC NULLS LAST')).toEqual([acme, globex, initech]);
    expect(await revenues('Name LIMIT 1 OFFSET 1')).toEqual([globex]);
  });
});

describe('numbers', () => {
  test.each<[string, string]>([
    ['0', '0.0'],
    ['5', '5.0'],
    ['-1234567.89', '-1234567.89'],
    ['9999999.99', '9999999.99'],
    ['10000000', '1.0E7'],
    ['-12345678', '-1.2345678E7'],
    ['123456789012345.67', '1.2345678901234567E14'],
    ['1e20', '1.0E20'],
    ['0.001', '0.001'],
    ['0.00025', '2.5E-4'],
    ['1.5e-7', '1.5E-7'],
  ])('%s is printed as %s', async (value, expected) => {
    const reader = await org.connection.runAndReadAll(`select java_double(cast($1 as double))`, [value]);
    expect(reader.getRows()).toEqual([[expected]]);
  });
});

describe('decimals', () => {
  /** What Java prints: the digits that JavaScript prints, arranged in its own way. */
  function javaDouble(value: number): string {
    if (value === 0 || (Math.abs(value) >= 0.001 && Math.abs(value) < 1e7)) {
      return Number.isInteger(value) ? `${value}.0` : String(value);
    }
    const [digits = '', exponent] = value.toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
  }

  /** A whole number with a point before its last digits. */
  function decimalText(whole: number, scale: number): string {
    const digits = String(Math.abs(whole)).padStart(scale + 1, '0');
    const point = digits.length - scale;
    return `${whole < 0 ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? '.' : ''}${digits.slice(point)}`;
  }

  test.each<[number, number]>([
    [18, 0],
    [18, 2],
    [18, 6],
    [3, 0],
  ])('decimal(%i, %i) is printed as the double that it means', async (precision, scale) => {
    const whole = fc
      .integer({ min: 1, max: precision })
      .chain((length) => fc.maxSafeInteger().map((n) => n % 10 ** length));
    const values = fc.sample(whole, { seed: 20, numRuns: 400 }).map((n) => decimalText(n, scale));
    const reader = await org.connection.runAndReadAll(
      `select java_decimal(cast(value as decimal(${precision}, ${scale})), ${scale})
       from (select unnest(cast($1 as varchar[])) as value)`,
      [`[${values.join(', ')}]`],
    );
    expect(reader.getRows().map(([text]) => text)).toEqual(values.map((value) => javaDouble(Number(value))));
  });
});

describe('refusals', () => {
  test.each<[string, string]>([
    ['SELECT Id FROM Acount', 'INVALID_TYPE: '],
    ['SELECT Nope FROM Account', "INVALID_FIELD: No such column 'Nope' on entity 'Account'"],
    ['SELECT Id FROM Account WHERE Nope = 1', "INVALID_FIELD: No such column 'Nope'"],
    ['SELECT Boss.Name FROM Account', "INVALID_FIELD: Didn't understand relationship 'Boss'"],
    ['SELECT Id Name FROM Account', "MALFORMED_QUERY: unexpected token: 'Name'"],
    ['SELECT Id, Id FROM Account', 'MALFORMED_QUERY: duplicate field selected: Id'],
    ['SELECT Id FROM', 'MALFORMED_QUERY: unexpected end of query'],
    ['SELECT Id FROM Account WHERE', 'MALFORMED_QUERY: '],
    ["SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", "MALFORMED_QUERY: unexpected token: 'OR'"],
    ["SELECT Id FROM Account WHERE CreatedDate > '2025-01-01'", 'INVALID_FIELD: value of filter criterion for field'],
    ['SELECT Id FROM Account WHERE CreatedDate > 2025-01-01', 'INVALID_FIELD: value of filter criterion for field'],
    ["SELECT Id FROM Account WHERE AnnualRevenue = '5'", 'INVALID_FIELD: value of filter criterion for field'],
    ['SELECT Id FROM Account WHERE Name = 5', 'INVALID_FIELD: value of filter criterion for field'],
    ["SELECT Id FROM Account WHERE Id = 'abc'", 'INVALID_QUERY_FILTER_OPERATOR: invalid ID field: abc'],
    ["SELECT Id FROM Account WHERE CreatedDate LIKE '2025%'", 'INVALID_QUERY_FILTER_OPERATOR: '],
    ["SELECT Id FROM Account WHERE Description = 'a'", "INVALID_FIELD: field 'Description' can not be filtered"],
    ['SELECT Id FROM Account ORDER BY Description', "INVALID_FIELD: field 'Description' can not be sorted"],
    ['SELECT FIELDS(ALL) FROM Account', 'MALFORMED_QUERY: The SOQL FIELDS function must have a LIMIT of at most 200'],
    ['SELECT Name, COUNT(Id) FROM Account', 'MALFORMED_QUERY: Field must be grouped or aggregated: Name'],
    ['SELECT Id FROM Account OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE: '],
    ['SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'MALFORMED_QUERY: '],
    ['SELECT TYPEOF What WHEN Account THEN Name END FROM Task', 'MALFORMED_QUERY: TYPEOF'],
  ])('%s', async (soql, expected) => {
    expect(await refusal(soql)).toContain(expected);
  });

  test('what Bulk refuses, REST may allow', async () => {
    const refused = (soql: string): string => {
      try {
        compileBulkQuery(soql, context());
        return 'not refused';
      } catch (error) {
        return error instanceof SalesforceError ? error.errorCode : String(error);
      }
    };
    expect(refused('SELECT Id, Name FROM Account')).toBe('not refused');
    expect(refused('SELECT COUNT() FROM Account')).toBe('API_ERROR');
    expect(refused('SELECT MAX(CreatedDate) FROM Account')).toBe('API_ERROR');
    expect(refused('SELECT Industry FROM Account GROUP BY Industry')).toBe('API_ERROR');
    expect(refused('SELECT Id FROM Account LIMIT 5 OFFSET 5')).toBe('API_ERROR');
    expect(refused('SELECT Id, BillingAddress FROM Account')).toBe('API_ERROR');
    expect(refused('SELECT FIELDS(ALL) FROM Account LIMIT 200')).toBe('API_ERROR');
    expect(refused('SELECT Id, (SELECT Id FROM Contacts) FROM Account')).toBe('MALFORMED_QUERY');
  });
});
