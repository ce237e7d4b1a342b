import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportCsv } from '../../../simulator/org/export-csv.ts';
import { generateOrg } from '../../../simulator/org/generate/generate-org.ts';
import { loadCsv } from '../../../simulator/org/load-csv.ts';
import { OrgDatabase } from '../../../simulator/org/org-database.ts';
import { orgShapes } from '../../../simulator/org/shapes/org-shapes.ts';
import { emptyOrg, select } from './org-fixture.ts';

/** Real data that the project does not contain: a Salesforce org's own export (SFDC-Assets/data-cloud-workshop, BSD-3). */
const sources = fileURLToPath(new URL('../../../../shared/data/salesforce-export', import.meta.url));
const required = {
  accounts: [29, 'Id', 'Name', 'CreatedDate', 'LastModifiedDate', 'OwnerId', 'CustomerSegment', 'AccountStatus'],
  contacts: [24, 'Id', 'LastName', 'AccountId', 'Email', 'CreatedDate', 'OwnerId', 'ContactRole', 'EngagementScore'],
  opportunities: [22, 'Id', 'Name', 'StageName', 'CloseDate', 'Amount', 'Probability', 'IsClosed', 'IsWon', 'Timeline'],
} as const;
let folder: string;
let database: OrgDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'org-csv-'));
  database = await OrgDatabase.open(':memory:', orgShapes);
  await generateOrg({ database, seed: 5, scale: 0.01, lastDay: '2025-06-30' });
});

afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe("the documents' CSV files", () => {
  it('have their columns and the live records', async () => {
    const rows = await exportCsv(database, folder);
    expect(rows).toStrictEqual({ 'accounts.csv': 200, 'contacts.csv': 600, 'opportunities.csv': 1_000 });
    for (const [name, [count, ...filled]] of Object.entries(required)) {
      const path = join(folder, `${name}.csv`);
      const [header = ''] = (await readFile(path, 'utf8')).split('\n', 1);
      expect(header.split(',')).toHaveLength(count);
      expect(header).not.toContain('__c');
      const empty = filled.map((column) => `"${column}" is null`).join(' or ');
      expect(
        await select(database, `select * from read_csv('${path}', all_varchar = true) where ${empty}`),
      ).toStrictEqual([]);
    }
  });

  it('make an equal org when they are loaded', async () => {
    await exportCsv(database, folder);
    const copy = await emptyOrg();
    const loads = { Account: 'accounts.csv', Contact: 'contacts.csv', Opportunity: 'opportunities.csv' };
    for (const [object, name] of Object.entries(loads)) {
      expect((await loadCsv(copy, object, join(folder, name))).ignored).toStrictEqual([]);
      const [header = ''] = (await readFile(join(folder, name), 'utf8')).split('\n', 1);
      const { fields } = copy.shape(object);
      const names = header
        .split(',')
        .map((column) => (fields.some((field) => field.name === column) ? column : `${column}__c`));
      const values = `select ${names.map((column) => `"${column}"`).join(', ')} from org."${object}" where not "IsDeleted" order by "Id"`;
      expect(await select(copy, values)).toStrictEqual(await select(database, values));
    }
    const [next = ''] = await copy.nextIds('Account', 1);
    expect(await select(copy, `select "Id" from org."Account" where "Id" >= '${next}'`)).toStrictEqual([]);
    expect(await copy.now()).toStrictEqual(await lastStamp(copy));
    copy.close();
  });
});

async function lastStamp(org: OrgDatabase): Promise<Date> {
  const stamps = ['Account', 'Contact', 'Opportunity'].map(
    (name) => `select "SystemModstamp" as stamp from org."${name}"`,
  );
  const [row] = await select(
    org,
    `select epoch_ms(max(stamp))::varchar as latest from (${stamps.join(' union all ')})`,
  );
  return new Date(Number(Object.values(row ?? {})[0]) + 1_000);
}

describe('a loaded file', () => {
  it('gets what it lacks', async () => {
    const org = await emptyOrg();
    const path = await file(
      'deals.csv',
      'Name,StageName,Amount,CloseDate\nOne,Closed Won,5.5,2025-01-02\n"T, ""wo""",Engaging,,\n',
    );
    expect(await loadCsv(org, 'Opportunity', path)).toStrictEqual({ rows: 2, ignored: [] });
    const rows = await select(
      org,
      `select "Name", "IsClosed", "IsWon", "Probability"::int as probability, "ForecastCategory", "CurrencyIsoCode", "SystemModstamp"
       from org."Opportunity" order by "Id"`,
    );
    const made = { CurrencyIsoCode: 'USD', SystemModstamp: '2025-06-30 12:00:00' };
    expect(rows).toStrictEqual([
      { Name: 'One', IsClosed: true, IsWon: true, probability: 100, ForecastCategory: 'Closed', ...made },
      { Name: 'T, "wo"', IsClosed: false, IsWon: false, probability: null, ForecastCategory: 'Pipeline', ...made },
    ]);
    org.close();
  });

  it('keeps offsets, names and deletions', async () => {
    const org = await emptyOrg();
    const path = await file(
      'people.csv',
      '\uFEFF"Id",IsDeleted,FirstName,LastName,SystemModstamp,PhotoUrl\n003A,1,Ann,Lee,2025-06-30T14:00:00.000+0200,x\n',
    );
    expect(await loadCsv(org, 'Contact', path)).toStrictEqual({ rows: 1, ignored: ['PhotoUrl'] });
    const rows = await select(org, 'select "Id", "Name", "SystemModstamp" from org."Contact"');
    expect(rows).toStrictEqual([{ Id: '003A', Name: 'Ann Lee', SystemModstamp: '2025-06-30 12:00:00' }]);
    expect(await org.deleted('Contact', new Date('2025-06-30'), new Date('2025-07-01'))).toHaveLength(1);
    org.close();
  });

  it('is refused as a whole for a value that does not fit', async () => {
    const org = await emptyOrg();
    const path = await file('bad.csv', 'Name,CloseDate\nGood,2025-01-01\nBad,soon\n');
    await expect(loadCsv(org, 'Opportunity', path)).rejects.toThrow(/bad\.csv: .*soon/s);
    expect(await select(org, 'select * from org."Opportunity"')).toStrictEqual([]);
    await expect(loadCsv(org, 'Lead', path)).rejects.toThrow("got 'Lead'");
    org.close();
  });

  it("can be a real org's data export", async () => {
    if (!existsSync(sources)) {
      process.stderr.write(`\nSKIPPED: the Salesforce export is not at ${sources}; loading it was not checked.\n`);
      return;
    }
    const org = await emptyOrg();
    for (const object of ['Account', 'Contact', 'Opportunity', 'Case', 'Task']) {
      const { rows } = await loadCsv(org, object, join(sources, `${object}.csv`));
      expect(await select(org, `select count(*)::int as count from org."${object}"`)).toStrictEqual([{ count: rows }]);
      expect(rows).toBeGreaterThan(0);
    }
    const [account] = await select(
      org,
      `select "BillingState", "CreatedDate" from org."Account" where "Id" = '001Ec00000GGw3hIAD'`,
    );
    expect(account).toStrictEqual({ BillingState: 'ID', CreatedDate: '2024-01-22 14:49:34' });
    org.close();
  });
});

describe('a file that names parents instead of giving their Ids', () => {
  it('finds them in the org and in itself', async () => {
    const org = await emptyOrg();
    await loadCsv(
      org,
      'Account',
      await file('named.csv', 'Name,Parent.Name\nAcme,\nAcme West, Acme \n"O\'Neil, ""Sons""",Acme West\n'),
    );
    await loadCsv(org, 'Contact', await file('people.csv', 'LastName,Account.Name\nOne,"O\'Neil, ""Sons"""\nTwo,\n'));
    const found = await select(
      org,
      `select a."Name" as name, p."Name" as parent from org."Account" a left join org."Account" p on p."Id" = a."ParentId" order by 1`,
    );
    expect(found).toStrictEqual([
      { name: 'Acme', parent: null },
      { name: 'Acme West', parent: 'Acme' },
      { name: 'O\'Neil, "Sons"', parent: 'Acme West' },
    ]);
    const people = await select(
      org,
      `select "LastName" as last, a."Name" as account from org."Contact" c left join org."Account" a on a."Id" = c."AccountId" order by 1`,
    );
    expect(people).toStrictEqual([
      { last: 'One', account: 'O\'Neil, "Sons"' },
      { last: 'Two', account: null },
    ]);
    org.close();
  });

  it('is refused with the names that nobody or more than one has, and adds nothing', async () => {
    const org = await emptyOrg();
    await loadCsv(org, 'Account', await file('twice.csv', 'Name\nAcme\nTwin\nTwin\n'));
    const deals = 'Name,StageName,Account.Name\na,Closed Won,Acme\nb,Closed Won,Twin\nc,Closed Won,acme\n';
    await expect(loadCsv(org, 'Opportunity', await file('deals.csv', deals))).rejects.toThrow(
      /deals\.csv: column Account\.Name: expected the Name of exactly one Account; 'Twin' has 2 records, 'acme' has no record$/,
    );
    expect(await select(org, 'select "Id" from org."Opportunity"')).toStrictEqual([]);
    const refused = async (object: string, text: string) => {
      return await loadCsv(org, object, await file('refused.csv', text)).catch(String);
    };
    expect(await refused('Opportunity', 'Name,Accounts.Name\nx,Acme\n')).toMatch('one of the parents Account, Owner');
    expect(await refused('Opportunity', 'Name,Account.Nme\nx,Acme\n')).toMatch('Account has no field Nme');
    expect(await refused('Task', 'Subject,What.Name\nx,Acme\n')).toMatch('expected one of the parents');
    org.close();
  });
});
