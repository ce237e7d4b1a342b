import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SalesforceSession } from '../../lambdas/adapters/salesforce/session.ts';
import { SalesforceCrmSource } from '../../lambdas/adapters/salesforce-crm-source.ts';
import { InterruptedError, SourceUnavailableError } from '../../lambdas/domain/errors.ts';
import { OrgDatabase } from '../../simulator/org/org-database.ts';
import { salesforceId } from '../../simulator/org/salesforce-id.ts';
import { orgShapes } from '../../simulator/org/shapes/org-shapes.ts';
import type { Fault } from '../../simulator/salesforce/fault.ts';
import type { RequestKind } from '../../simulator/salesforce/request-kind.ts';
import { startSalesforce } from '../../simulator/salesforce/start-salesforce.ts';

const now = new Date('2025-06-30T12:00:00Z');
const login = { flow: 'client-credentials', clientId: 'app', clientSecret: 'secret' } as const;
const username = 'integration@example.com';
const { signal } = new AbortController();
const task = { subject: 'Call', description: 'why', dueOn: '2025-07-15', priority: 'High' } as const;

let database: OrgDatabase;
let server: Awaited<ReturnType<typeof startSalesforce>>;
let source: SalesforceCrmSource;
let whatId = '';

beforeEach(async () => {
  database = await OrgDatabase.open(':memory:', orgShapes);
  await database.setNow(now);
  server = await startSalesforce({ database, clients: [{ ...login, runAs: username }], users: [{ username }] });
  whatId = salesforceId('001', 0);
  const owner = salesforceId('005', 0);
  const audit = { OwnerId: owner, CreatedById: owner, LastModifiedById: owner, CurrencyIsoCode: 'USD' };
  await server.change((org) =>
    org.apply([
      {
        kind: 'insert',
        object: 'Account',
        id: whatId,
        stampedAt: now,
        committedAt: now,
        values: { ...audit, Name: 'Harbor' },
      },
    ]),
  );
  source = new SalesforceCrmSource(
    new SalesforceSession({
      secretName: 'org',
      credentials: async () => ({ ...login, loginUrl: server.url }),
      apiVersion: '62.0',
      now: () => now,
      random: () => 0.5,
      sleep: async () => {},
      warn: () => {},
    }),
  );
});
afterEach(async () => {
  await server.close();
  database.close();
});

const tasks = async () => (await source.select('SELECT Id FROM Task', signal)).total;

describe('creating a task', () => {
  it.each<[string, Fault]>([
    ['the answer is lost', { fault: 'answer-lost' }],
    ['the answer breaks off', { fault: 'cut', at: 'mid-row' }],
  ])('is not repeated when %s: whoever asked looks first whether it is there', async (_what, fault) => {
    await source.status(signal);
    server.faults.add({ when: { kind: 'create', times: 1 }, what: fault });
    await expect(source.createTask({ ...task, whatId }, signal)).rejects.toThrow(SourceUnavailableError);
    server.faults.clear();
    expect(await tasks()).toBe(1);
  });

  it.each<[string, RequestKind]>([
    ['the request', 'create'],
    ['the login', 'token'],
  ])('ends when the time is up, though nobody answers %s', async (_what, kind) => {
    server.faults.add({ when: { kind, times: 1 }, what: { fault: 'slow', milliseconds: 60_000 } });
    const started = performance.now();
    await expect(source.createTask({ ...task, whatId }, AbortSignal.timeout(300))).rejects.toThrow(InterruptedError);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(await source.createTask({ ...task, whatId }, signal)).not.toBe('');
  });

  it('is repeated when the session or the login was refused, as nothing was done then', async () => {
    await source.status(signal);
    server.faults.add({ when: { kind: 'create', times: 1 }, what: { fault: 'unauthorized', revoke: true } });
    server.faults.add({
      when: { kind: 'token', times: 1 },
      what: { fault: 'status', status: 503, retryAfterSeconds: 1 },
    });
    expect(await source.createTask({ ...task, whatId }, signal)).not.toBe('');
    server.faults.clear();
    expect(await tasks()).toBe(1);
  });
});
