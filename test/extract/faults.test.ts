import { afterEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../simulator/salesforce/fault-plan.ts';
import { type ExtractHome, extractHome, type HomeOptions } from './extract-home.ts';
import { orgDifferences } from './org-differences.ts';
import { insertAccounts, moveTo, rename } from './org-edits.ts';

let home: ExtractHome;
afterEach(() => home.dispose());

/** Ten accounts on three pages of bulk results. */
async function bulkHome(faults: readonly FaultRule[], more: Partial<HomeOptions> = {}): Promise<string[]> {
  let ids: string[] = [];
  home = await extractHome({
    objects: [{ object: 'Account' }],
    source: { small_window_rows: 0 },
    pageRecords: 4,
    fill: async (database) => {
      ids = await insertAccounts(database, 5, '2025-06-01T00:00:00Z');
      ids.push(...(await insertAccounts(database, 5, '2025-06-02T00:00:00Z', 'Younger')));
    },
    ...more,
    server: { faults, pageRows: 4, ...more.server },
  });
  return ids;
}

const differences = () => orgDifferences(home, 'Account', 'salesforce_account');
const versions = async () => Number((await home.rows('select count(*) as n from bronze.salesforce_account'))[0]?.n);
const busy = { fault: 'status', status: 503, retryAfterSeconds: 0 } as const;
const once = { times: 1 } as const;

const passing: [string, FaultRule][] = [
  [
    'a session refused when the job is created',
    { when: { kind: 'bulk-create', ...once }, what: { fault: 'unauthorized', revoke: true } },
  ],
  [
    'a session refused while the job is followed',
    { when: { kind: 'bulk-info', ...once }, what: { fault: 'unauthorized', revoke: true } },
  ],
  [
    'a session refused at page 2',
    { when: { kind: 'bulk-results', page: 2, ...once }, what: { fault: 'unauthorized', revoke: true } },
  ],
  ['a server that is busy for two requests', { when: { kind: 'bulk-results', times: 2 }, what: busy }],
  [
    'a throttled request',
    { when: { kind: 'bulk-create', ...once }, what: { fault: 'status', status: 429, retryAfterSeconds: 0 } },
  ],
  ['an error of the server', { when: { kind: 'describe', ...once }, what: { fault: 'status', status: 500 } }],
  [
    'a connection cut in the middle of a page',
    { when: { kind: 'bulk-results', page: 2, ...once }, what: { fault: 'cut', at: 'mid-row' } },
  ],
  [
    'a page that ends too early, silently, at a row',
    { when: { kind: 'bulk-results', page: 2, ...once }, what: { fault: 'cut', at: 'row-end', silent: true } },
  ],
  [
    'a page that ends too early, silently, inside of a row',
    { when: { kind: 'bulk-results', page: 1, ...once }, what: { fault: 'cut', at: 'mid-row', silent: true } },
  ],
  [
    'a compressed page without its end',
    { when: { kind: 'bulk-results', page: 1, ...once }, what: { fault: 'truncated-gzip' } },
  ],
  ['a page without locator', { when: { kind: 'bulk-results', page: 1, ...once }, what: { fault: 'missing-locator' } }],
  [
    'a page with a wrong count',
    { when: { kind: 'bulk-results', page: 2, ...once }, what: { fault: 'wrong-count', by: 1 } },
  ],
  ['an empty page', { when: { kind: 'bulk-results', page: 2, ...once }, what: { fault: 'empty-body' } }],
  [
    'a job that was created although its answer was lost',
    { when: { kind: 'bulk-create', ...once }, what: { fault: 'answer-lost' } },
  ],
  ['a job that expired', { when: { kind: 'bulk-results', page: 2, ...once }, what: { fault: 'job-expired' } }],
  ['a failed job', { when: { kind: 'bulk-create', ...once }, what: { fault: 'job-failed' } }],
  ['an aborted job', { when: { kind: 'bulk-create', ...once }, what: { fault: 'job-aborted' } }],
  ['a lost answer to the count', { when: { kind: 'query', ...once }, what: { fault: 'answer-lost' } }],
  [
    'a server clock that is an hour ahead for one answer',
    { when: { kind: 'limits', nth: 1 }, what: { fault: 'clock-skew', seconds: -3_600 } },
  ],
];

describe('An extraction is complete and without doubles in spite of', () => {
  it.each(passing)('%s', async (_what, rule) => {
    await bulkHome([rule]);
    expect(await home.run()).toBeNull();
    expect(home.server.faults.happened()[0]?.times).toBeGreaterThan(0);
    expect(await differences()).toEqual([]);
    expect(await versions()).toBe(10);
  });
});

describe('A comparison with all records of the org', () => {
  it('is begun anew when a resumed run finds its job gone, once', async () => {
    await bulkHome([]);
    expect(await home.run()).toBeNull();
    home.server.faults.add({ when: { kind: 'bulk-results' }, what: { fault: 'access-denied' } });
    expect(await home.run({ reconcile: true })).not.toBeNull();
    home.server.faults.clear();
    home.server.faults.add({ when: { kind: 'bulk-info', times: 1 }, what: { fault: 'job-expired' } });
    const [begun] = await home.pipeline.ports.runs.list(1);
    expect(await home.run({ resume: begun?.id ?? null })).toBeNull();
    expect(home.server.faults.happened()[0]?.times).toBe(1);
    expect(await home.statuses()).toEqual({ Account: 'EXTRACTED' });
    expect(await differences()).toEqual([]);
  });

  it('fails the run when its jobs vanish again and again', async () => {
    await bulkHome([]);
    expect(await home.run()).toBeNull();
    home.server.faults.add({ when: { kind: 'bulk-info' }, what: { fault: 'job-expired' } });
    expect((await home.run({ reconcile: true }))?.message).toContain(
      'The audit of Account fails: its bulk job is gone',
    );
  });
});

describe('An extraction that cannot go on', () => {
  it('stops with the reason when the session is always refused, after a few logins', async () => {
    await bulkHome([{ when: { kind: ['limits', 'bulk-create'] }, what: { fault: 'unauthorized' } }]);
    const error = await home.run();
    expect(error?.name).toBe('CredentialsError');
    expect(home.server.requests().filter(({ kind }) => kind === 'token').length).toBeLessThanOrEqual(4);
  });

  it('fails a run whose object is denied, and names it', async () => {
    await bulkHome([{ when: { object: 'Account' }, what: { fault: 'access-denied' } }]);
    const error = await home.run();
    expect(error?.name).toBe('ExtractIncompleteError');
    expect(error?.message).toMatch(/Account: SourceError: The org has no object Account/);
  });

  it('keeps an object PARTIAL when no request is left, and goes on with the same job later', async () => {
    await bulkHome([{ when: { kind: 'bulk-results', page: 2, times: 1 }, what: { fault: 'request-limit' } }]);
    expect(await home.run()).toBeNull();
    expect(await home.statuses()).toEqual({ Account: 'PARTIAL' });
    expect(await versions()).toBe(0);
    expect((await home.pipeline.ports.cursors.get('salesforce:Account'))?.value).toBe('');
    expect((await home.pipeline.ports.runs.list(1))[0]?.warnings.join()).toMatch(/Account: PARTIAL/);
    expect(await home.run()).toBeNull();
    expect(await home.statuses()).toEqual({ Account: 'EXTRACTED' });
    expect(await differences()).toEqual([]);
    const requests = home.server.requests().filter(({ kind }) => kind === 'bulk-results');
    const job = /750\w+/.exec(requests[0]?.path ?? '')?.[0] ?? '';
    const pages = requests.filter(({ path }) => path.includes(job));
    expect(pages.map(({ page, status }) => `${page}: ${status}`)).toEqual(['1: 200', '2: 403', '2: 200', '3: 200']);
  });

  it('uses no more than its share of the requests', async () => {
    await bulkHome([], { source: { small_window_rows: 0, quota_share: 0.01 }, server: { dailyLimit: 500 } });
    expect(await home.run()).toBeNull();
    expect(await home.statuses()).toEqual({ Account: 'PARTIAL' });
    for (let runs = 0; runs < 6 && (await home.statuses()).Account === 'PARTIAL'; runs += 1) await home.run();
    expect(await home.statuses()).toEqual({ Account: 'EXTRACTED' });
    expect(await differences()).toEqual([]);
  });

  it('halves a query that always fails until it cannot be halved, and says so', async () => {
    await bulkHome([{ when: { kind: 'bulk-create' }, what: { fault: 'job-failed', message: 'QUERY_TIMEOUT' } }]);
    const error = await home.run();
    expect(error?.message).toMatch(/Account: SourceError: The bulk query of Account fails: .*QUERY_TIMEOUT/);
    expect(home.server.requests().filter(({ kind }) => kind === 'bulk-create').length).toBe(2);
  });

  it('goes on in the next run, after the run that read the pages failed before publishing', async () => {
    const [id = ''] = await bulkHome([{ when: { kind: 'deleted' }, what: busy }]);
    expect(await home.run()).toBeNull();
    await home.server.change(async (database) => {
      await moveTo(database, '2025-06-30T13:00:00Z');
      await database.apply([rename(id, 'changed', '2025-06-30T12:50:00Z')]);
    });
    expect((await home.run())?.name).toBe('ExtractIncompleteError');
    home.server.faults.clear();
    await home.server.change(async (database) => {
      await moveTo(database, '2025-06-30T14:00:00Z');
      await database.apply([rename(id, 'changed again', '2025-06-30T13:50:00Z')]);
    });
    expect(await home.run()).toBeNull();
    expect(await differences()).toEqual([]);
    expect(await versions()).toBe(12);
  });
});

describe('The login of an extraction', () => {
  it.each([
    ['client credentials', { flow: 'client-credentials' }],
    ['user name and password', { flow: 'password' }],
  ])('works by %s', async (_name, { flow }) => {
    const { canary } = await import('./extract-home.ts');
    const secret =
      flow === 'password'
        ? { flow, username: 'integration@example.com', password: `pw-${canary}`, securityToken: `token-${canary}` }
        : { flow, clientId: 'headwater-test', clientSecret: `secret-${canary}` };
    await bulkHome([], { secret });
    expect(await home.run()).toBeNull();
    expect(await differences()).toEqual([]);
  });

  it('is refused with a reason that holds no secret', async () => {
    const { canary } = await import('./extract-home.ts');
    await bulkHome([], {
      secret: { flow: 'client-credentials', clientId: 'headwater-test', clientSecret: `wrong-${canary}` },
    });
    const error = await home.run();
    expect(error?.name).toBe('CredentialsError');
    expect(error?.message).toMatch(/refuses the login.*'org'/);
    expect(`${error?.message}${error?.stack}${JSON.stringify(error)}`).not.toContain(canary);
  });
});
