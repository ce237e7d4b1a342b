import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { OrgDatabase } from '../../../simulator/org/org-database.ts';
import type { FaultRule } from '../../../simulator/salesforce/fault-plan.ts';
import { fetchRaw } from './raw-http.ts';
import { type RunningOrg, runOrg } from './running-org.ts';
import { orgPerTest } from './org-per-test.ts';
import { NOW, ids, insert, openSmallOrg } from './small-org.ts';

const start = orgPerTest();

interface Info {
  readonly id: string;
  readonly state: string;
  readonly numberRecordsProcessed: number;
  readonly errorMessage?: string;
}

async function createJob(org: RunningOrg, query: string, more: Readonly<Record<string, string>> = {}): Promise<Info> {
  const response = await org.send('POST', '/jobs/query', { operation: 'query', query, ...more });
  return (await response.json()) as Info;
}

async function infoOf(org: RunningOrg, { id }: Info): Promise<Info> {
  return (await (await org.get(`/jobs/query/${id}`)).json()) as Info;
}

/** An org whose text values are hard to carry. */
async function openAwkwardOrg(values: readonly string[]): Promise<OrgDatabase> {
  const org = await openSmallOrg();
  const created = await org.nextIds('Contact', values.length);
  await org.apply(
    values.map((value, index) =>
      insert('Contact', String(created[index]), '2025-03-01T00:00:00Z', {
        LastName: 'awkward',
        Description: value,
        OwnerId: ids.ann,
      }),
    ),
  );
  return org;
}

describe('results', () => {
  const soql =
    'SELECT Id, Name, AnnualRevenue, NumberOfEmployees, IsDeleted, CreatedDate, Industry, Owner.Name FROM Account ORDER BY Name';

  test('every page has the header row, a count and the locator of the next', async () => {
    const org = await start({ pageRows: 2 });
    const job = await createJob(org, soql);
    const header =
      '"Id","Name","AnnualRevenue","NumberOfEmployees","IsDeleted","CreatedDate","Industry","Owner.Name"\n';
    const first = await org.get(`/jobs/query/${job.id}/results`);
    expect(first.headers.get('sforce-numberofrecords')).toBe('2');
    expect(first.headers.get('content-type')).toBe('text/csv');
    expect(await first.text()).toBe(
      `${header}"${ids.acme}","Acme","1.23456789E7","250","false","2025-01-10T08:00:00.000Z","Energy","Bob"\n` +
        `"${ids.globex}","globex","5.0","","false","2025-03-14T09:30:00.000Z","","Ann"\n`,
    );
    const second = await org.get(`/jobs/query/${job.id}/results?locator=${first.headers.get('sforce-locator')}`);
    expect(second.headers.get('sforce-numberofrecords')).toBe('1');
    expect(second.headers.get('sforce-locator')).toBe('null');
    expect(await second.text()).toBe(
      `${header}"${ids.initech}","Init'ech 100%","","","false","2025-03-15T11:59:00.000Z","Banking","Ann"\n`,
    );
    expect(await infoOf(org, job)).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 3 });
  });

  test('maxRecords makes smaller pages', async () => {
    const org = await start({ pageRows: 2 });
    const job = await createJob(org, 'SELECT Name FROM Account');
    const page = await org.get(`/jobs/query/${job.id}/results?maxRecords=1`);
    expect(await page.text()).toBe('"Name"\n"Acme"\n');
    const large = await org.get(`/jobs/query/${job.id}/results?maxRecords=50`);
    expect(large.headers.get('sforce-numberofrecords')).toBe('2');
  });

  test('no record still makes a header', async () => {
    const org = await start();
    const job = await createJob(org, "SELECT Id FROM Account WHERE Name = 'nobody'");
    const page = await org.get(`/jobs/query/${job.id}/results`);
    expect([page.headers.get('sforce-numberofrecords'), page.headers.get('sforce-locator')]).toEqual(['0', 'null']);
    expect(await page.text()).toBe('"Id"\n');
  });

  test('values survive byte for byte, in pages of one row', async () => {
    const values = [
      'quo"te',
      '"',
      '""\n""',
      ',"\n"',
      'lf\ncrlf\r\ncr\r',
      'nul\0nul',
      '\ufeffbom',
      '😀\u2028\u2029\u0085',
      'NA',
      'null',
      '01234',
      ' blank ',
      '\\N\\',
      'x'.repeat(32_000),
      '"\n'.repeat(65_536),
    ];
    const org = await start({ pageRows: 1 }, () => openAwkwardOrg(values));
    const job = await createJob(org, "SELECT Description FROM Contact WHERE LastName = 'awkward'");
    const rows: string[] = [];
    for (let locator = 'MA'; locator !== 'null'; ) {
      const page = await fetchRaw(org, `/jobs/query/${job.id}/results?locator=${locator}`);
      rows.push(page.body.toString('utf8'));
      locator = String(page.headers['sforce-locator']);
    }
    expect(rows).toEqual(values.map((value) => `"Description"\n"${value.replaceAll('"', '""')}"\n`));
  });

  test('CRLF and other delimiters when asked', async () => {
    const org = await start();
    const job = await createJob(org, 'SELECT Name, Industry FROM Account LIMIT 1', {
      lineEnding: 'CRLF',
      columnDelimiter: 'SEMICOLON',
    });
    expect(await (await org.get(`/jobs/query/${job.id}/results`)).text()).toBe(
      '"Name";"Industry"\r\n"Acme";"Energy"\r\n',
    );
  });

  test('compressed when the client takes gzip', async () => {
    const org = await start();
    const job = await createJob(org, 'SELECT Name FROM Account');
    const path = `/jobs/query/${job.id}/results`;
    const page = await fetchRaw(org, path, { 'accept-encoding': 'gzip' });
    expect(page.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(page.body).toString()).toBe((await fetchRaw(org, path)).body.toString());
  });

  test('show the data of the time at which the job was made', async () => {
    const org = await start();
    const job = await createJob(org, "SELECT Name FROM Account WHERE Name = 'Acme'");
    await org.send('PATCH', `/sobjects/Account/${ids.acme}`, { Name: 'changed' });
    expect(await (await org.get(`/jobs/query/${job.id}/results`)).text()).toBe('"Name"\n"Acme"\n');
  });
});

test('every object can be read whole, by REST and by Bulk', async () => {
  const org = await start();
  for (const { name, fields } of org.org.shapes) {
    const names = fields.filter(({ type }) => type !== 'address').map((field) => field.name);
    const job = await createJob(org, `SELECT ${names.join(', ')} FROM ${name}`);
    const page = await (await org.get(`/jobs/query/${job.id}/results`)).text();
    expect(page.split('\n')[0]).toBe(names.map((field) => `"${field}"`).join(','));
    const all = await org.get(`/query?q=${encodeURIComponent(`SELECT FIELDS(ALL) FROM ${name} LIMIT 200`)}`);
    const { records } = (await all.json()) as { records: readonly object[] };
    expect([name, records.length]).toEqual([name, (await infoOf(org, job)).numberRecordsProcessed]);
    const span = 'start=2025-03-01T00:00:00Z&end=2025-03-15T00:00:00Z';
    for (const call of ['updated', 'deleted']) {
      expect([name, call, (await org.get(`/sobjects/${name}/${call}?${span}`)).status]).toEqual([name, call, 200]);
    }
  }
});

/** An org with so many tasks that a job over them takes its time. */
async function openBusyOrg(): Promise<OrgDatabase> {
  const org = await openSmallOrg();
  await org.connection.run(
    `insert into data."Task" by name select '00TZZ0' || lpad(cast(i as varchar), 9, '0') || 'AAA' as "Id",
     'before' as "Subject", false as "IsDeleted", repeat('text ', 40) as "Description" from range(150000) as t(i)`,
  );
  return org;
}

describe('a job that takes its time', () => {
  const soql = "SELECT Subject, Description FROM Task WHERE Subject IN ('before', 'after')";

  test('shows nothing of what changes while it is at work', async () => {
    const org = await start({}, openBusyOrg);
    const job = await createJob(org, soql);
    await org.server.change(async ({ connection }) => {
      await connection.run(`update data."Task" set "Subject" = 'after' where "Subject" = 'before'`);
    });
    await expect
      .poll(() => infoOf(org, job), { timeout: 60_000 })
      .toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 150_000 });
    const text = await (await org.get(`/jobs/query/${job.id}/results?maxRecords=100000`)).text();
    expect(text.match(/^"before",/gm)).toHaveLength(100_000);
  });

  test('is aborted in the midst of it', async () => {
    const org = await start({}, openBusyOrg);
    const job = await createJob(org, soql);
    const aborted = await org.send('PATCH', `/jobs/query/${job.id}`, { state: 'Aborted' });
    expect(await aborted.json()).toMatchObject({ state: 'Aborted' });
    expect(await infoOf(org, job)).toMatchObject({ state: 'Aborted', numberRecordsProcessed: 0 });
    expect((await org.get(`/jobs/query/${job.id}/results`)).status).toBe(400);
  });

  test('ends when the server stops', async () => {
    const org = await runOrg({}, openBusyOrg);
    await createJob(org, soql);
    await expect(org.close()).resolves.toBeUndefined();
  });
});

describe('jobs', () => {
  test('are in progress for as many polls as wanted, without results', async () => {
    const org = await start({ pollsInProgress: 2 });
    const job = await createJob(org, 'SELECT Id FROM Account');
    expect(job.state).toBe('UploadComplete');
    expect((await infoOf(org, job)).state).toBe('InProgress');
    expect((await org.get(`/jobs/query/${job.id}/results`)).status).toBe(400);
    expect((await infoOf(org, job)).state).toBe('InProgress');
    expect((await infoOf(org, job)).state).toBe('JobComplete');
  });

  test('are gone seven days later, by the clock of the org', async () => {
    const org = await start();
    const job = await createJob(org, 'SELECT Id FROM Account');
    await org.server.change((database) => database.setNow(new Date(NOW.getTime() + 7 * 86_400_000)));
    expect((await infoOf(org, job)).state).toBe('JobComplete');
    await org.server.change((database) => database.setNow(new Date(NOW.getTime() + 7 * 86_400_000 + 1000)));
    expect((await org.get(`/jobs/query/${job.id}/results`)).status).toBe(404);
  });

  test('are listed, also one whose answer was lost', async () => {
    const lost: FaultRule = { when: { kind: 'bulk-create', nth: 1 }, what: { fault: 'answer-lost' } };
    const org = await start({ faults: [lost] });
    await expect(createJob(org, 'SELECT Id FROM Contact')).rejects.toThrow('fetch failed');
    await createJob(org, 'SELECT Id FROM Account');
    const list = async () => ((await (await org.get('/jobs/query')).json()) as { records: readonly unknown[] }).records;
    // Jobs run beside the requests: the list is asked until both have ended.
    await expect.poll(list, { timeout: 30_000 }).toMatchObject([
      { object: 'Account', state: 'JobComplete' },
      { object: 'Contact', state: 'JobComplete', numberRecordsProcessed: 1 },
    ]);
  });

  test.each<[FaultRule['what'], Partial<Info>]>([
    [
      { fault: 'job-failed', message: 'QUERY_TIMEOUT' },
      { state: 'Failed', errorMessage: 'QUERY_TIMEOUT' },
    ],
    [{ fault: 'job-aborted' }, { state: 'Aborted' }],
    [{ fault: 'job-stuck' }, { state: 'InProgress' }],
  ])('%o befalls a job', async (what, expected) => {
    const org = await start({ faults: [{ when: { kind: 'bulk-create' }, what }] });
    const job = await createJob(org, 'SELECT Id FROM Account');
    expect(await infoOf(org, job)).toMatchObject(expected);
    expect(await infoOf(org, job)).toMatchObject(expected);
  });

  test('expire when a fault wants it', async () => {
    const org = await start({ faults: [{ when: { kind: 'bulk-results', nth: 1 }, what: { fault: 'job-expired' } }] });
    const job = await createJob(org, 'SELECT Id FROM Account');
    expect((await org.get(`/jobs/query/${job.id}/results`)).status).toBe(404);
    expect((await org.get(`/jobs/query/${job.id}`)).status).toBe(404);
  });
});
