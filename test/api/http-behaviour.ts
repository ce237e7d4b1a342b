import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '../../lambdas/api/contract/problem.ts';
import { canary } from '../extract/extract-home.ts';
import { type ApiHome, as } from './api-home.ts';

const path = '/api/customers?limit=100';

/** Headers, tags, codings, limits: what every client of HTTP relies on. */
export function describeHttpBehaviour(home: () => ApiHome): void {
  describe('over HTTP the API', () => {
    let app: Hono;
    beforeAll(() => {
      app = home().app();
    });

    const get = (address: string, headers: Record<string, string> = {}) =>
      app.request(address, { headers: { ...as('admin').headers, ...headers } });

    it('answers 304 to whoever has it already, in any coding', async () => {
      for (const coding of ['identity', 'gzip', 'br']) {
        const first = await get(path, { 'accept-encoding': coding });
        const tag = first.headers.get('etag') ?? '';
        expect(tag).toMatch(/^"[^"]+"$/);
        const again = await get(path, { 'accept-encoding': coding, 'if-none-match': `"other", ${tag}` });
        expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, '']);
      }
      expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
    });

    it('has nothing new for who wants nothing of whatever there is, where there is something', async () => {
      const anything = { 'if-none-match': '*' };
      expect((await get(path, anything)).status).toBe(304);
      expect((await get('/api/customer/nobody', anything)).status).toBe(404);
      expect((await get(`${path}&cursor=none`, anything)).status).toBe(400);
    });

    it('gives other tags to other codings, addresses and formats', async () => {
      const tags = await Promise.all([
        get(path),
        get(path, { 'accept-encoding': 'gzip' }),
        get(path, { 'accept-encoding': 'br' }),
        get('/api/customers?limit=99'),
        get(`${path}&format=csv`),
      ]);
      expect(new Set(tags.map(({ headers }) => headers.get('etag'))).size).toBe(5);
    });

    it('compresses as the client likes it, also from memory', async () => {
      const plain = await (await get(path)).text();
      for (const round of [1, 2]) {
        const zipped = await get(path, { 'accept-encoding': 'gzip, deflate' });
        expect(zipped.headers.get('content-encoding'), String(round)).toBe('gzip');
        expect(gunzipSync(await zipped.bytes()).toString()).toBe(plain);
        const brotli = await get(path, { 'accept-encoding': 'gzip;q=0.5, br' });
        expect(brotliDecompressSync(await brotli.bytes()).toString()).toBe(plain);
      }
      expect((await get(path, { 'accept-encoding': 'gzip;q=0, identity' })).headers.get('content-encoding')).toBeNull();
      const csv = await get('/api/customers?format=csv', { 'accept-encoding': 'gzip' });
      expect(gunzipSync(await csv.bytes()).toString()).toMatch(/^account_id,/);
    });

    it('sends security headers and a request id with every answer', async () => {
      for (const response of [
        await get(path),
        await get('/api/none'),
        await app.request(path),
        await get('/openapi.json'),
      ]) {
        expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
        expect(response.headers.get('x-content-type-options')).toBe('nosniff');
        expect(response.headers.get('x-request-id')).toMatch(/^[\w.-]{8,64}$/);
      }
      expect((await get(path, { 'x-request-id': 'client-id-1' })).headers.get('x-request-id')).toBe('client-id-1');
      expect((await get(path, { 'x-request-id': 'bad id<script>' })).headers.get('x-request-id')).not.toContain('<');
    });

    it('lets pages of the allow-list call, and no others', async () => {
      const allowed = await get(path, { origin: 'https://dashboard.example' });
      expect(allowed.headers.get('access-control-allow-origin')).toBe('https://dashboard.example');
      const foreign = await get(path, { origin: 'https://evil.example' });
      expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
      const preflight = (origin: string) => app.request(path, { method: 'OPTIONS', headers: { origin } });
      expect((await preflight('https://dashboard.example')).headers.get('access-control-allow-headers')).toContain(
        'Idempotency-Key',
      );
      expect((await preflight('https://evil.example')).headers.get('access-control-allow-methods')).toBeNull();
      const post = (origin: string) =>
        app.request('http://api.example/api/actions/none/execute', {
          method: 'POST',
          headers: { ...as('admin').headers, origin, host: 'api.example' },
        });
      expect((await post('https://evil.example')).status).toBe(403);
      expect((await post('null')).status).toBe(403);
      expect((await post('http://api.example')).status).toBe(404);
    });

    it('refuses names of hosts that are not its own', async () => {
      const local = home().app({ allowedHosts: ['localhost', '127.0.0.1'] });
      const at = async (host: string) =>
        (await local.request(path, { headers: { ...as('admin').headers, host } })).status;
      expect([await at('localhost:4173'), await at('127.0.0.1'), await at('rebound.example')]).toEqual([200, 200, 421]);
    });

    it('says how long to wait to whoever asks too often', async () => {
      let now = Date.parse('2026-01-01T00:00:00Z');
      const limited = home().app({ rateLimit: { perSecond: 2, burst: 3 } }, { now: () => new Date(now) });
      const status = async (role: 'admin' | 'manager') => (await limited.request('/api/me', as(role))).status;
      expect([await status('admin'), await status('admin'), await status('admin')]).toEqual([200, 200, 200]);
      const refused = await limited.request('/api/me', as('admin'));
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
      expect(problemSchema.parse(await refused.json()).type).toBe('urn:headwater:problem:too-many-requests');
      expect(await status('manager')).toBe(200);
      now += 1_000;
      expect([await status('admin'), await status('admin'), await status('admin')]).toEqual([200, 200, 429]);
    });

    it('tells of a fault only its request id', async () => {
      const broken = home().app(
        {},
        { runs: { ...home().ports.runs, list: () => Promise.reject(new Error(`secret ${canary}`)) } },
      );
      const response = await broken.request('/api/runs', as('admin'));
      const text = await response.text();
      expect(response.status).toBe(500);
      expect(text).not.toContain(canary);
      expect(text).toContain(response.headers.get('x-request-id'));
    });

    it('measures requests, errors and hits of its memory', async () => {
      const fresh = home().app();
      for (let index = 0; index < 4; index += 1) await fresh.request(path, as('admin'));
      await fresh.request('/api/none', as('admin'));
      const { metrics } = (await (await fresh.request('/api/health', as('admin'))).json()) as {
        metrics: { requests: number; errors: number; cache_hit_rate: number; response_ms: Record<string, number> };
      };
      expect([metrics.requests, metrics.errors, metrics.cache_hit_rate]).toEqual([5, 0, 0.6]);
      expect(metrics.response_ms.p99).toBeGreaterThanOrEqual(metrics.response_ms.p50 ?? 0);
    });

    it('pages through a list without losing or repeating a row, whatever the sort', async () => {
      for (const sort of [
        '',
        '&sort=-health_score',
        '&sort=days_to_expiry',
        '&sort=account_name',
        '&sort=-open_alerts',
      ]) {
        const seen: string[] = [];
        let cursor: string | null = '';
        let total = 0;
        while (cursor !== null) {
          const page = (await (
            await get(`/api/customers?limit=37${sort}${cursor === '' ? '' : `&cursor=${cursor}`}`)
          ).json()) as {
            data: { account_id: string }[];
            page: { total: number; next_cursor: string | null };
          };
          seen.push(...page.data.map(({ account_id }) => account_id));
          total = page.page.total;
          cursor = page.page.next_cursor;
        }
        expect(seen.length, sort).toBe(total);
        expect(new Set(seen).size, sort).toBe(total);
      }
      const first = (await (await get('/api/customers?limit=5&sort=account_name')).json()) as {
        page: { next_cursor: string };
      };
      expect((await get(`/api/customers?limit=5&sort=-account_name&cursor=${first.page.next_cursor}`)).status).toBe(
        400,
      );
    });

    it('logs neither names nor parameters nor secrets', async () => {
      const { data } = (await (await get('/api/customers?q=a&limit=50')).json()) as { data: Record<string, string>[] };
      await get(`/api/customer/${data[0]?.account_id}`);
      const lines = home().log.join('\n');
      expect(home().log.length).toBeGreaterThan(50);
      expect(lines).not.toContain(canary);
      expect(lines).not.toContain('@');
      for (const { account_id, account_name } of data) {
        expect(lines).not.toContain(account_id);
        if ((account_name?.length ?? 0) > 8) expect(lines).not.toContain(account_name);
      }
    });
  });
}
