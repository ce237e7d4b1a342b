import { Connection, type ConnectionConfig } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  PASSWORD,
  REFRESH_TOKEN,
  type RunningOrg,
  SECURITY_TOKEN,
  USERNAME,
  assertion,
  runOrg,
} from './salesforce/running-org.ts';
import { AWKWARD, ids } from './salesforce/small-org.ts';

const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

let running: RunningOrg;
let url: string;
let connection: Connection;

function connect(config: ConnectionConfig = {}): Connection {
  return new Connection({ loginUrl: url, version: '62.0', ...config });
}

async function connectByJwt(config: ConnectionConfig = {}): Promise<Connection> {
  const made = connect(config);
  await made.authorize({ grant_type: JWT_BEARER, assertion: assertion(url) });
  return made;
}

beforeAll(async () => {
  // jsforce sends even loopback requests through a proxy.
  for (const name of PROXIES) delete process.env[name];
  running = await runOrg();
  url = running.server.url;
  connection = await connectByJwt();
});

afterAll(() => running.close());

/** The error that a call fails with, as `code: message`. */
async function failure(call: PromiseLike<unknown>): Promise<string> {
  const error: unknown = await Promise.resolve(call).catch((cause: unknown) => cause);
  if (!(error instanceof Error)) return `no error: ${JSON.stringify(error)}`;
  return `${'errorCode' in error ? String(error.errorCode) : error.name}: ${error.message}`;
}

describe('login', () => {
  const user = { id: ids.ann, organizationId: expect.stringMatching(/^00D/), url: expect.stringContaining(ids.ann) };

  test('by JWT bearer', async () => {
    const made = connect();
    expect(await made.authorize({ grant_type: JWT_BEARER, assertion: assertion(url) })).toEqual(user);
    expect(made.instanceUrl).toBe(url);
    expect(await made.identity()).toMatchObject({ user_id: ids.ann, username: USERNAME });
  });

  test('by client credentials', async () => {
    const made = connect({ oauth2: { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, loginUrl: url } });
    expect(await made.authorize({ grant_type: 'client_credentials' })).toEqual(user);
    expect((await made.query('SELECT Id FROM Account')).totalSize).toBe(3);
  });

  test('by username and password over SOAP', async () => {
    const made = connect();
    expect(await made.login(USERNAME, PASSWORD + SECURITY_TOKEN)).toMatchObject({ id: ids.ann });
    expect((await made.query('SELECT Id FROM Account')).totalSize).toBe(3);
    await made.logout();
  });

  test('by username and password over OAuth', async () => {
    const made = connect({ oauth2: { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, loginUrl: url } });
    expect(await made.login(USERNAME, PASSWORD + SECURITY_TOKEN)).toEqual(user);
  });

  test('a refresh token renews the session that was revoked', async () => {
    const made = connect({
      instanceUrl: url,
      accessToken: 'revoked',
      refreshToken: REFRESH_TOKEN,
      oauth2: { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, loginUrl: url },
    });
    expect((await made.query('SELECT Id FROM Account')).totalSize).toBe(3);
  });

  test('wrong credentials are refused in the way of each flow', async () => {
    const soap = await failure(connect().login(USERNAME, PASSWORD));
    expect(soap).toContain('INVALID_LOGIN: Invalid username, password, security token; or user locked out.');
    const oauth2 = { clientId: CLIENT_ID, clientSecret: 'wrong', loginUrl: url };
    expect(await failure(connect({ oauth2 }).authorize({ grant_type: 'client_credentials' }))).toBe(
      'invalid_client: invalid client credentials',
    );
    const late = assertion(url, { exp: Math.floor(Date.now() / 1000) - 1 });
    expect(await failure(connect().authorize({ grant_type: JWT_BEARER, assertion: late }))).toContain('invalid_grant');
  });

  test('after logout the session is gone', async () => {
    const made = await connectByJwt();
    const { accessToken } = made;
    await made.logout();
    const again = connect({ instanceUrl: url, accessToken: String(accessToken) });
    expect(await failure(again.query('SELECT Id FROM Account'))).toBe('INVALID_SESSION_ID: Session expired or invalid');
  });
});

describe('describe', () => {
  test('the org lists its objects', async () => {
    const { sobjects } = await connection.describeGlobal();
    const account = sobjects.find(({ name }) => name === 'Account');
    expect(account).toMatchObject({ keyPrefix: '001', queryable: true, custom: false, label: 'Account' });
    expect(sobjects.some(({ name, custom }) => name === 'Invoice__c' && custom)).toBe(true);
  });

  test('an object lists its fields', async () => {
    const { fields, name } = await connection.describe('account');
    expect(name).toBe('Account');
    const field = (wanted: string) => fields.find((found) => found.name === wanted);
    expect(field('Id')).toMatchObject({ type: 'id', soapType: 'tns:ID', length: 18, nillable: false });
    expect(field('OwnerId')).toMatchObject({ type: 'reference', referenceTo: ['User'], relationshipName: 'Owner' });
    expect(field('BillingCity')).toMatchObject({ compoundFieldName: 'BillingAddress' });
    expect(field('BillingAddress')).toMatchObject({ type: 'address', soapType: 'urn:address', filterable: false });
    expect(field('AnnualRevenue')).toMatchObject({ type: 'currency', soapType: 'xsd:double', precision: 18, scale: 2 });
    expect(field('Account_Age_Days__c')).toMatchObject({ calculated: true, custom: true });
  });
});

describe('query', () => {
  test('records come with parents, and values as they are', async () => {
    const { records, done } = await connection.query(
      `SELECT Id, Name, Description, AnnualRevenue, Owner.Name FROM Account WHERE Id = '${ids.acme}'`,
    );
    expect(done).toBe(true);
    expect(records).toMatchObject([
      { Id: ids.acme, Description: AWKWARD, AnnualRevenue: 12345678.9, Owner: { Name: 'Bob' } },
    ]);
  });

  test('queryAll shows deleted records', async () => {
    const soql = 'SELECT Id, IsDeleted FROM Account WHERE IsDeleted = true';
    expect((await connection.query(soql)).totalSize).toBe(0);
    expect((await connection.query(soql, { scanAll: true })).records).toMatchObject([
      { Id: ids.gone, IsDeleted: true },
    ]);
  });

  test('queryMore goes on where a page ended', async () => {
    const many = Array.from({ length: 450 }, (_, index) => ({ Subject: `page ${index}`, Status: 'Completed' }));
    const created = await connection.sobject('Task').create(many, { allOrNone: true, allowRecursive: true });
    expect(created.every(({ success }) => success)).toBe(true);
    const soql = "SELECT Id, Subject FROM Task WHERE Subject LIKE 'page %'";
    const first = await connection.query(soql, { headers: { 'Sforce-Query-Options': 'batchSize=200' } });
    expect([first.totalSize, first.done, first.records.length]).toEqual([450, false, 200]);
    const second = await connection.queryMore(String(first.nextRecordsUrl));
    const third = await connection.queryMore(String(second.nextRecordsUrl));
    expect([second.records.length, second.done, third.records.length, third.done]).toEqual([200, false, 50, true]);
    const subjects = [first, second, third].flatMap(({ records }) => records.map(({ Subject }) => Subject));
    expect(new Set(subjects).size).toBe(450);
  });

  test('limits and what has been used of them', async () => {
    const { DailyApiRequests } = await connection.limits();
    expect(DailyApiRequests).toMatchObject({ Max: 15_000, Remaining: expect.any(Number) });
    expect(DailyApiRequests?.Remaining).toBeLessThan(15_000);
    expect(connection.limitInfo.apiUsage).toMatchObject({ limit: 15_000, used: expect.any(Number) });
  });
});

describe('bulk', () => {
  const soql = 'SELECT Id, Name, Description, AnnualRevenue, CreatedDate, Industry FROM Account';

  test('a small result is read as records', async () => {
    const stream = await connection.bulk2.query(soql, { pollInterval: 5, pollTimeout: 5000 });
    const records = await stream.toArray();
    expect(records).toHaveLength(3);
    expect(records.find(({ Id }) => Id === ids.acme)).toEqual({
      Id: ids.acme,
      Name: 'Acme',
      Description: AWKWARD,
      AnnualRevenue: '1.23456789E7',
      CreatedDate: '2025-01-10T08:00:00.000Z',
      Industry: 'Energy',
    });
    expect(records.find(({ Id }) => Id === ids.globex)).toMatchObject({ Industry: '', Description: '' });
  });

  test('scanAll makes it queryAll', async () => {
    const stream = await connection.bulk2.query('SELECT Id FROM Account', {
      scanAll: true,
      pollInterval: 5,
      pollTimeout: 5000,
    });
    expect(await stream.toArray()).toHaveLength(4);
  });

  test('a job is created, told of, and deleted', async () => {
    const job = await createJob();
    await job.poll(5, 5000);
    expect(await job.check()).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 3 });
    await job.delete();
    expect(await failure(job.check())).toContain('NOT_FOUND');
  });

  test('a job that goes on is aborted', async () => {
    running.server.faults.add({ when: { kind: 'bulk-create', times: 1 }, what: { fault: 'job-stuck' } });
    const job = await createJob();
    expect(await job.check()).toMatchObject({ state: 'InProgress' });
    expect(await job.abort()).toMatchObject({ state: 'Aborted' });
    expect(await failure(job.poll(5, 5000))).toBe('Error: Job has been aborted');
  });

  /** A job by its Id: jsforce makes jobs itself only together with their download. */
  async function createJob() {
    const info = await connection.request<{ id: string }>({
      method: 'POST',
      url: '/jobs/query',
      body: JSON.stringify({ operation: 'query', query: soql }),
      headers: { 'content-type': 'application/json' },
    });
    expect(info).toMatchObject({
      id: expect.stringMatching(/^750\w{15}$/),
      state: 'UploadComplete',
      operation: 'query',
      object: 'Account',
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
      apiVersion: 62,
    });
    return connection.bulk2.job('query', { id: info.id });
  }
});

describe('replication', () => {
  test('updated and deleted tell what happened in a span of time', async () => {
    const [start, end] = ['2025-03-09T00:00:00Z', '2025-03-15T12:00:00Z'];
    const updated = await connection.sobject('Account').updated(start, end);
    expect(updated).toEqual({ ids: [ids.globex, ids.initech], latestDateCovered: '2025-03-15T12:00:00.000+0000' });
    const deleted = await connection.sobject('Account').deleted(start, end);
    expect(deleted).toMatchObject({
      deletedRecords: [{ id: ids.gone, deletedDate: '2025-03-10T10:00:00.000+0000' }],
      latestDateCovered: '2025-03-15T12:00:00.000+0000',
    });
  });
});

describe('records', () => {
  test('a task is created, read, changed and deleted', async () => {
    const tasks = connection.sobject('Task');
    const created = await tasks.create({
      Subject: AWKWARD,
      WhatId: ids.acme,
      Status: 'Not Started',
      ActivityDate: '2025-04-01',
    });
    expect(created).toMatchObject({ success: true, id: expect.stringMatching(/^00T\w{15}$/) });
    const id = String(created.id);
    expect(await tasks.retrieve(id)).toMatchObject({
      Id: id,
      Subject: AWKWARD,
      ActivityDate: '2025-04-01',
      OwnerId: ids.ann,
    });
    expect(await tasks.update({ Id: id, Status: 'Completed' })).toMatchObject({ id, success: true });
    expect(await tasks.retrieve(id)).toMatchObject({ Status: 'Completed', LastModifiedById: ids.ann });
    expect(await tasks.destroy(id)).toMatchObject({ success: true });
    expect(await failure(tasks.retrieve(id))).toBe('ENTITY_IS_DELETED: entity is deleted');
  });

  test('one bad record of many is told, the others are made', async () => {
    const results = await connection.sobject('Task').create([{ Subject: 'good' }, { Subjekt: 'bad' }]);
    expect(results.map(({ success }) => success)).toEqual([true, false]);
    expect(results[1]?.errors).toMatchObject([{ statusCode: 'INVALID_FIELD' }]);
  });
});

describe('errors', () => {
  test('come with the codes of Salesforce', async () => {
    expect(await failure(connection.query('SELECT Id FROM'))).toMatch(/^MALFORMED_QUERY: /);
    expect(await failure(connection.query('SELECT Nope FROM Account'))).toMatch(
      /^INVALID_FIELD: No such column 'Nope'/,
    );
    expect(await failure(connection.query('SELECT Id FROM Nope'))).toMatch(/^INVALID_TYPE: sObject type 'Nope'/);
    expect(await failure(connection.describe('Nope'))).toMatch(/^NOT_FOUND: /);
    expect(await failure(connection.bulk2.query('SELECT COUNT() FROM Account'))).toMatch(/^API_ERROR: /);
    expect(await failure(connection.sobject('Task').create({ Subject: 'x'.repeat(256) }))).toMatch(
      /^STRING_TOO_LONG: /,
    );
    expect(await failure(connection.sobject('Task').create({ WhatId: 'abc' }))).toMatch(/^MALFORMED_ID: /);
    expect(await failure(connection.sobject('Contact').create({ FirstName: 'x' }))).toMatch(
      /^REQUIRED_FIELD_MISSING: Required fields are missing: \[LastName/,
    );
  });

  test('a used-up quota is 403', async () => {
    running.server.faults.add({ when: { kind: 'query', times: 1 }, what: { fault: 'request-limit' } });
    expect(await failure(connection.query('SELECT Id FROM Account'))).toBe(
      'REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded.',
    );
  });
});
