import fc from 'fast-check';
import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import naughty from '../fixtures/naughty-strings.json' with { type: 'json' };
import { type Endpoint, endpoints } from '../../lambdas/api/contract.ts';
import { problemSchema } from '../../lambdas/api/contract/problem.ts';
import { type ApiHome, as, type Known, knownIds, pathOf } from './api-home.ts';
import { csvRecords } from './conformance.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: {
    readonly type?: string;
    readonly enum?: readonly string[];
    readonly minimum?: number;
    readonly maximum?: number;
  };
}
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
}

const strings = Object.values(naughty).flat();
const hostile = fc.oneof(
  fc.constantFrom(...strings),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e9',
    "' or 1=1 --",
    '"*',
    '*',
    '%',
    '..%2f',
    'null',
    '9'.repeat(400),
    'a'.repeat(5_000),
  ),
);

/** What a parameter of the document may be given: now and then what it wants, else anything. */
function givenTo({ schema }: Parameter): fc.Arbitrary<string> {
  const wanted =
    schema.enum !== undefined
      ? fc.constantFrom(...schema.enum)
      : schema.type === 'integer'
        ? fc.integer({ min: (schema.minimum ?? 0) - 1, max: Math.min(schema.maximum ?? 1_000, 1_000) }).map(String)
        : fc.constantFrom('2025-06', '2025-06-30', 'HIGH', 'a', 'true');
  return fc.oneof(wanted, hostile);
}

/** No request brings the API down, and every refusal is a problem document. */
export function describeHostileRequests(home: () => ApiHome): void {
  describe('hostile requests', () => {
    let app: Hono;
    let known: Known;
    let paths: [string, string, Operation][];

    beforeAll(async () => {
      app = home().app();
      known = await knownIds(app);
      const document = (await (await app.request('/openapi.json')).json()) as {
        paths: Record<string, Record<string, Operation>>;
      };
      paths = Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]): [string, string, Operation] => [path, method, operation]),
      );
    });

    async function expectAnswered(response: Response): Promise<void> {
      expect(response.status).toBeLessThan(500);
      if (response.status < 400) return;
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      const problem = problemSchema.parse(await response.json());
      expect(problem.status).toBe(response.status);
      expect(problem.request_id).toBe(response.headers.get('x-request-id'));
    }

    it('are answered for any parameters of the OpenAPI document', async () => {
      const request = fc.constantFrom(...paths).chain(([path, method, { parameters }]) => {
        const query = parameters.filter((each) => each.in === 'query');
        return fc.record({
          method: fc.constant(method.toUpperCase()),
          path: fc
            .tuple(...parameters.filter((each) => each.in === 'path').map((each) => givenTo(each)))
            .map((values) =>
              values.reduce((text, value) => text.replace(/\{\w+\}/, () => encoded(value) || 'x'), path),
            ),
          query: fc
            .subarray([...query, { name: 'unknown', in: 'query', schema: {} } as Parameter])
            .chain((some) =>
              fc.tuple(...some.map((each) => givenTo(each).map((value) => `${each.name}=${encoded(value)}`))),
            ),
          body: fc.oneof(fc.constant('{}'), fc.json(), hostile),
          type: fc.constantFrom('application/json', 'text/plain'),
        });
      });
      await fc.assert(
        fc.asyncProperty(request, async ({ method, path, query, body, type }) => {
          const init =
            method === 'POST' ? { body, headers: { ...as('admin').headers, 'content-type': type } } : as('admin');
          const address = query.length === 0 ? path : `${path}?${query.join('&')}`;
          await expectAnswered(await app.request(address, { ...init, method }));
        }),
        { numRuns: 1_500 },
      );
    });

    it.each(Object.entries(endpoints))(
      'to %s with an unknown parameter are refused by name',
      async (_id, endpoint: Endpoint) => {
        const response = await app.request(`${pathOf(endpoint, known)}?sorted=name`, {
          ...as('admin'),
          method: endpoint.method,
        });
        expect(response.status).toBe(400);
        expect(problemSchema.parse(await response.json()).errors).toEqual([
          { parameter: 'sorted', message: 'there is no such parameter' },
        ]);
      },
    );

    it('with broken escapes, cursors and bodies are refused', async () => {
      const cursor = Buffer.from('{"r":"x"}').toString('base64url');
      for (const query of [
        'cursor=%ff',
        `cursor=${cursor}`,
        'cursor=AAAA',
        'limit=0',
        'limit=201',
        'limit=',
        'sort=password',
        'q=a&q=b',
      ]) {
        const response = await app.request(`/api/customers?${query}`, as('admin'));
        await expectAnswered(response);
        expect(response.status, query).toBe(400);
      }
      const before = await home().ports.actions.get(known.recommendation);
      const post = (body: string, type = 'application/json') =>
        app.request(`/api/actions/${known.recommendation}/execute`, {
          method: 'POST',
          body,
          headers: { ...as('admin').headers, 'content-type': type },
        });
      expect((await post('{"due_on":"tomorrow"}')).status).toBe(400);
      // Salesforce would refuse these whenever they are tried.
      for (const day of ['0001-01-01', '1699-12-31', '4001-01-01', '9999-12-31']) {
        expect((await post(JSON.stringify({ due_on: day }))).status, day).toBe(400);
      }
      expect((await post('{"status":"done","account_id":"x"}')).status).toBe(400);
      expect((await post('{')).status).toBe(400);
      expect((await post('[]')).status).toBe(400);
      expect((await post('{}', 'text/plain')).status).toBe(415);
      expect((await post(JSON.stringify({ note: 'x'.repeat(20_000) }))).status).toBe(413);
      expect(await home().ports.actions.get(known.recommendation)).toEqual(before);
    });

    it('with a value more often than a statement has room for are answered', async () => {
      const response = await app.request(
        `/api/customers?limit=1&health_status=${Array.from({ length: 33_000 }, () => 'Healthy').join()}`,
        as('admin'),
      );
      expect(response.status).toBe(200);
    });

    it('to unknown addresses and with wrong methods are told so', async () => {
      expect((await app.request('/api/secrets', as('admin'))).status).toBe(404);
      const wrong = await app.request('/api/customers', { ...as('admin'), method: 'DELETE' });
      expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET']);
    });

    it('for naughty names find them, and show them literally', async () => {
      const named = [...home().naughtyNames];
      expect(named.length).toBeGreaterThan(100);
      const stored = new Map(
        (await home().lake.rows('select account_id, name from silver.account')).map((row) => [
          row.account_id,
          row.name,
        ]),
      );
      const csv = csvRecords(await (await app.request('/api/customers?format=csv', as('admin'))).text());
      const cells = new Map(csv.map((record) => [record[0], record[1]]));
      let same = 0;
      for (const [id, name] of named) {
        const found = await app.request(`/api/customer/${id}`, as('admin'));
        const shown = ((await found.json()) as { account: { account_name: string } }).account.account_name;
        // The engine's driver drops a byte order mark that a text begins with.
        expect(shown.replace(/^\ufeff/, '')).toBe(stored.get(id));
        if (shown === name) same += 1;
        const cell = cells.get(id) ?? '';
        expect(cell.replace(/^'(?=[=+\-@\t\r])/, '')).toBe(shown);
        if (!/^-?\d+(\.\d+)?$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
        const search = await app.request(`/api/customers?limit=200&q=${encodeURIComponent(name)}`, as('admin'));
        const { data } = (await search.json()) as { data: { account_id: string }[] };
        if (/[\p{L}\p{N}]/u.test(name))
          expect(
            data.map(({ account_id }) => account_id),
            name,
          ).toContain(id);
      }
      // The rest lost spaces at its ends on the way into the lake.
      expect(same).toBeGreaterThan(80);
    });
  });
}

/** As a client would write it; halves of pairs cannot be written. */
function encoded(value: string): string {
  return encodeURIComponent(value.toWellFormed()).slice(0, 6_000);
}
