import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DropHome, openDropHome } from '../collect/drop-home.ts';

const id = (number: number) => `001Ec0000${String(number).padStart(6, '0')}IAJ`;
const stamp = '2024-01-19T09:42:24.000+0000';

/** File name -> what it holds, by what is odd about it. */
const files = {
  'Account.csv': `\uFEFFid,NAME,isdeleted,SystemModstamp,Order\r\n${id(1)},"Lines\r\nof ""one"" value,\r\n",,${stamp},first\r\n${id(2)},"  spaces  ",1,${stamp},\r\n`,
  'Contact.csv': `Name,LastName\nNobody,Nobody\n`,
  'Opportunity.csv': `Id,Name,name\n${id(1)},one,two\n`,
  'Case.csv': '',
  'Task.csv': 'Id,Subject\n',
  'Event.csv': `Id,Owner.Name,_run_id,rowid\n${id(1)},Ann,x,y\n`,
  'Contract.csv': `Id,ContractNumber\n${Array.from({ length: 9 }, (_, number) => `${id(number)},C${number}`).join('\n')}\nnot an Id,C9\n`,
  'Asset.csv': `Id,Name\nshort,one\n,two\n${id(3)},three\n`,
  'Product2.CSV': `Id,Name\n"01tEc000000AbCd",upper\n"01tEc000000aBcD",lower\n`,
  'Account (1).csv': `Id,Name\n${id(9)},copy\n`,
} as const;

describe('Data Export files that are odd', () => {
  let home: DropHome;
  const rows = (sql: string) => home.pipeline.rows(sql);
  const reasons = async (file: keyof typeof files) => {
    const found = (await home.ledger()).get(`salesforce-export/${file}`)?.[0];
    return [found?.status, ...(found?.reasons ?? []).map(({ code }) => code)];
  };

  beforeAll(async () => {
    home = await openDropHome();
    for (const [name, text] of Object.entries(files)) await home.drop(`salesforce-export/${name}`, text);
    await home.drop('salesforce-export/Invoice__c.csv.gz', gzipSync(`Id,Name,Disputed__c\n${id(1)},packed,\n`));
    await home.pipeline.run({ asOf: '2024-02-01' });
  });

  afterAll(() => home.close());

  it('keep their values: byte order mark, header in other case, line ends and spaces, words of SQL as names', async () => {
    expect(await reasons('Account.csv')).toEqual(['PROCESSED']);
    expect(await rows('select id, name, isdeleted, "order" from bronze.salesforce_account order by id')).toEqual([
      { id: id(1), name: 'Lines\r\nof "one" value,\r\n', isdeleted: null, order: 'first' },
      { id: id(2), name: '  spaces  ', isdeleted: '1', order: null },
    ]);
    expect(await rows('select account_id, name, is_deleted from silver.account order by 1')).toEqual([
      { account_id: id(1), name: 'Lines of "one" value,', is_deleted: false },
      { account_id: id(2), name: 'spaces', is_deleted: true },
    ]);
  });

  it.each([
    ['Contact.csv', 'no Id', 'MISSING_COLUMN'],
    ['Opportunity.csv', 'a name that stands twice', 'DUPLICATE_COLUMN'],
    ['Case.csv', 'no bytes', 'EMPTY_FILE'],
    ['Task.csv', 'no record', 'EMPTY_FILE'],
    ['Account (1).csv', 'another name', 'WRONG_NAME'],
  ] as const)('are refused: %s with %s', async (file, _what, code) => {
    expect(await reasons(file)).toEqual(['REJECTED', code]);
  });

  it('are refused with names that no field has, each named', async () => {
    expect(await reasons('Event.csv')).toEqual(['REJECTED', 'WRONG_COLUMN', 'WRONG_COLUMN', 'WRONG_COLUMN']);
    const [file] = (await home.ledger()).get('salesforce-export/Event.csv') ?? [];
    expect(file?.reasons.map(({ message }) => message).join('\n')).toMatch(/'owner\.name'.*\n'_run_id'.*\n'rowid'/);
  });

  it('lose records without a Salesforce Id, and are refused where those are many', async () => {
    expect(await reasons('Contract.csv')).toEqual(['PROCESSED', 'PATTERN(id)']);
    expect(await rows('select count(*) as n from silver.contract')).toEqual([{ n: '9' }]);
    expect(await rows('select _reasons, _source_line, _raw from quarantine.salesforce_export')).toEqual([
      { _reasons: 'PATTERN(id)', _source_line: '11', _raw: 'not an Id,C9' },
    ]);
    const [status, ...codes] = await reasons('Asset.csv');
    expect([status, codes.toSorted()]).toEqual(['REJECTED', ['PATTERN(id)', 'REQUIRED(id)', 'TOO_MANY_BAD_ROWS']]);
  });

  it('may be packed', async () => {
    expect(await rows('select invoice_id, disputed from silver.invoice')).toEqual([
      { invoice_id: id(1), disputed: false },
    ]);
  });

  it('may have Ids of 15 characters that differ in case only', async () => {
    expect(await rows('select product_id, name from silver.crm_product order by name')).toEqual([
      { product_id: '01tEc000000aBcD', name: 'lower' },
      { product_id: '01tEc000000AbCd', name: 'upper' },
    ]);
  });
});
