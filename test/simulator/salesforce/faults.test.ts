import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulator/salesforce/fault.ts';
import { FaultPlan, type FaultRule } from '../../../simulator/salesforce/fault-plan.ts';
import { type RawResponse, fetchRaw } from './raw-http.ts';
import { orgPerTest } from './org-per-test.ts';
import { NOW, ids } from './small-org.ts';

const startOrg = orgPerTest();
const start = (...faults: readonly FaultRule[]) => startOrg({ faults, pageRows: 2 });

const QUERY = `/query?q=${encodeURIComponent('SELECT Id FROM Account')}`;

/** Status, code and message of an error. */
async function errorOf(response: Response): Promise<string> {
  const [{ errorCode, message } = {}] = (await response.json()) as { errorCode?: string; message?: string }[];
  return `${response.status} ${errorCode}: ${message}`;
}

describe('a fault plan', () => {
  const drawn = (rule: FaultRule, requests: readonly Parameters<FaultPlan['draw']>[0][], seed = 1) => {
    const plan = new FaultPlan([rule], seed);
    return requests.map((request) => plan.draw(request).length);
  };
  const query = { kind: 'query', object: 'Account', page: null } as const;
  const what: Fault = { fault: 'request-limit' };

  test('counts the requests that a rule is about', () => {
    const other = { ...query, object: 'Contact' } as const;
    expect(drawn({ when: { object: 'account', nth: 2 }, what }, [query, other, query, query])).toEqual([0, 0, 1, 0]);
    expect(drawn({ when: { kind: ['query', 'limits'], times: 2 }, what }, [query, query, query])).toEqual([1, 1, 0]);
    expect(
      drawn({ when: { kind: 'bulk-results', page: 2 }, what }, [{ ...query, kind: 'bulk-results', page: 2 }]),
    ).toEqual([1]);
  });

  test('draws the same for the same seed', () => {
    const many = Array.from({ length: 200 }, () => query);
    const rule = { when: { probability: 0.3 }, what };
    const first = drawn(rule, many, 7);
    expect(drawn(rule, many, 7)).toEqual(first);
    expect(drawn(rule, many, 8)).not.toEqual(first);
    const happened = first.reduce((sum, count) => sum + count, 0);
    expect(happened).toBeGreaterThan(40);
    expect(happened).toBeLessThan(80);
  });
});

describe('instead of an answer', () => {
  test.each<[Fault, string]>([
    [{ fault: 'unauthorized' }, '401 INVALID_SESSION_ID: Session expired or invalid'],
    [{ fault: 'request-limit' }, '403 REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded.'],
    [{ fault: 'status', status: 420 }, '420 REQUEST_LIMIT_EXCEEDED: '],
    [{ fault: 'status', status: 429 }, '429 REQUEST_LIMIT_EXCEEDED: '],
    [{ fault: 'status', status: 500 }, '500 UNKNOWN_EXCEPTION: '],
    [{ fault: 'status', status: 503 }, '503 SERVER_UNAVAILABLE: '],
    [{ fault: 'access-denied' }, "400 INVALID_TYPE: sObject type 'Account' is not supported."],
  ])('%o', async (what, expected) => {
    const org = await start({ when: { kind: 'query', nth: 1 }, what });
    expect(await errorOf(await org.get(QUERY))).toContain(expected);
    expect((await org.get(QUERY)).status).toBe(200);
  });

  test('Retry-After says when to come back', async () => {
    const org = await start({ when: { kind: 'query' }, what: { fault: 'status', status: 503, retryAfterSeconds: 7 } });
    expect((await org.get(QUERY)).headers.get('retry-after')).toBe('7');
  });

  test('a revoked session stays revoked', async () => {
    const org = await start({ when: { kind: 'query', nth: 1 }, what: { fault: 'unauthorized', revoke: true } });
    expect([(await org.get(QUERY)).status, (await org.get(QUERY)).status]).toEqual([401, 401]);
  });

  test('an object that the user may not see is nowhere', async () => {
    const org = await start({ when: { object: 'Case' }, what: { fault: 'access-denied' } });
    const { sobjects } = (await (await org.get('/sobjects')).json()) as { sobjects: { name: string }[] };
    const names = sobjects.map(({ name }) => name);
    expect([names.includes('Account'), names.includes('Case')]).toEqual([true, false]);
    expect((await org.get('/sobjects/case/describe')).status).toBe(404);
    expect((await org.send('POST', '/jobs/query', { operation: 'query', query: 'SELECT Id FROM Case' })).status).toBe(
      400,
    );
  });
});

describe('a page of results', () => {
  const rows = [`"${ids.acme}"\n`, `"${ids.globex}"\n`];
  const whole = `"Id"\n${rows.join('')}`;

  async function page(what: Fault, headers: Readonly<Record<string, string>> = {}): Promise<RawResponse> {
    const org = await start({ when: { kind: 'bulk-results', page: 1 }, what });
    const body = { operation: 'query', query: 'SELECT Id FROM Account ORDER BY Id' };
    const { id } = (await (await org.send('POST', '/jobs/query', body)).json()) as { id: string };
    return fetchRaw(org, `/jobs/query/${id}/results`, headers);
  }

  test('is cut at the end of a row, and the connection with it', async () => {
    const { body, complete } = await page({ fault: 'cut', at: 'row-end' });
    expect([body.toString(), complete]).toEqual([`"Id"\n${rows[0]}`, false]);
  });

  test('is cut in the middle of a row', async () => {
    const { body, complete } = await page({ fault: 'cut', at: 'mid-row' });
    expect([body.toString(), complete]).toEqual([`"Id"\n${rows[0]}"${ids.globex.slice(0, 10)}`, false]);
  });

  test('is cut and looks complete', async () => {
    const { body, complete, headers } = await page({ fault: 'cut', at: 'row-end', silent: true });
    expect([body.toString(), complete, headers['sforce-numberofrecords']]).toEqual([`"Id"\n${rows[0]}`, true, '2']);
  });

  test('lacks the end of its compression', async () => {
    const { body } = await page({ fault: 'truncated-gzip' }, { 'accept-encoding': 'gzip' });
    expect(() => gunzipSync(body)).toThrow('unexpected end of file');
  });

  test('lacks its locator', async () => {
    const { body, headers } = await page({ fault: 'missing-locator' });
    expect([body.toString(), headers['sforce-locator']]).toEqual([whole, undefined]);
  });

  test('tells a wrong count', async () => {
    expect((await page({ fault: 'wrong-count', by: -1 })).headers['sforce-numberofrecords']).toBe('1');
  });

  test('has been counted wrong by the job', async () => {
    const org = await start({ when: { kind: 'bulk-info' }, what: { fault: 'wrong-count', by: 5 } });
    const body = { operation: 'query', query: 'SELECT Id FROM Account' };
    const { id } = (await (await org.send('POST', '/jobs/query', body)).json()) as { id: string };
    expect(await (await org.get(`/jobs/query/${id}`)).json()).toMatchObject({ numberRecordsProcessed: 8 });
  });

  test('is empty', async () => {
    const { body, status, headers } = await page({ fault: 'empty-body' });
    expect([body.length, status, headers['sforce-numberofrecords']]).toEqual([0, 200, '2']);
  });
});

describe('time', () => {
  test('the Date header is the clock of the org, and can be off', async () => {
    const org = await start({ when: { kind: 'limits', nth: 2 }, what: { fault: 'clock-skew', seconds: -90 } });
    const dates = [await org.get('/limits'), await org.get('/limits')].map(({ headers }) => headers.get('date'));
    expect(dates).toEqual([NOW.toUTCString(), new Date(NOW.getTime() - 90_000).toUTCString()]);
  });

  test('an answer can be slow', async () => {
    const org = await start({ when: { kind: 'limits' }, what: { fault: 'slow', milliseconds: 60 } });
    const started = performance.now();
    await org.get('/limits');
    expect(performance.now() - started).toBeGreaterThanOrEqual(59);
  });
});

test('a hook that fails is told to the client', async () => {
  const running = await startOrg({
    onRequest: ({ kind }) => {
      if (kind === 'limits') throw new Error('the hook failed');
    },
  });
  expect(await errorOf(await running.get('/limits'))).toBe('500 UNKNOWN_EXCEPTION: the hook failed');
});
