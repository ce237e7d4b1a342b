import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Endpoint, endpoints } from '../../lambdas/api/contract.ts';
import { metricNames } from '../../lambdas/domain/serving/metric-names.ts';
import { metricsSchema } from '../../lambdas/api/contract/customer-metrics.ts';
import { type ApiHome, as, type Known, knownIds, pathOf } from './api-home.ts';

type Json = Record<string, unknown>;

/** Every response of a real run is what contract and OpenAPI document say. */
export function describeConformance(home: () => ApiHome): void {
  describe('responses', () => {
    let app: Hono;
    let known: Known;
    let document: { paths: Record<string, Record<string, Json>>; components: { schemas: Json } };

    beforeAll(async () => {
      app = home().app();
      known = await knownIds(app);
      document = (await (await app.request('/openapi.json')).json()) as typeof document;
    });

    /** The schema of the document that stands for an endpoint's response, made to a validator. */
    function documented({ path, method }: Endpoint): z.ZodType {
      const operation = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()] as {
        responses: Record<string, { content: Record<string, { schema: Json }> }>;
      };
      const text = JSON.stringify({
        ...operation.responses['200']?.content['application/json']?.schema,
        $defs: document.components.schemas,
      });
      return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')) as never);
    }

    it.each(Object.entries(endpoints))(
      'of %s are as the contract and the document say',
      async (_id, endpoint: Endpoint) => {
        const response = await app.request(pathOf(endpoint, known), { ...as('admin'), method: endpoint.method });
        expect(response.headers.get('content-type')).toBe('application/json');
        expect([200, 201]).toContain(response.status);
        const body: unknown = await response.json();
        expect(endpoint.response.parse(body)).toEqual(body);
        expect(documented(endpoint).safeParse(body).error).toBeUndefined();
        const { data } = body as { data?: unknown[] };
        if (data !== undefined && !mayBeEmpty.has(endpoint.path)) expect(data.length).toBeGreaterThan(0);
      },
    );

    it.each(Object.entries(endpoints).filter(([, { csv }]) => csv))(
      'of %s are the same rows as CSV',
      async (_id, endpoint: Endpoint) => {
        const path = pathOf(endpoint, known);
        const list = (await (await app.request(path, as('admin'))).json()) as {
          data: Json[];
          page?: { total: number };
        };
        const csv = await app.request(`${path}?format=csv`, as('admin'));
        expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
        expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+\.csv"$/);
        const records = csvRecords(await csv.text());
        expect(records.length - 1).toBe(list.page?.total ?? list.data.length);
        const columns = records[0] ?? [];
        expect(Object.keys(list.data[0] ?? {}).filter((name) => !columns.includes(name) && name !== 'stages')).toEqual(
          [],
        );
      },
    );

    it('describes every endpoint, and resolves every reference', () => {
      const operations = Object.values(document.paths).flatMap((each) => Object.values(each));
      expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(Object.keys(endpoints).toSorted());
      const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
        ([, name]) => name,
      );
      expect(references.filter((name) => document.components.schemas[name ?? ''] === undefined)).toEqual([]);
    });

    it('knows the same metrics in the snapshot and in the contract', () => {
      expect(Object.keys(metricsSchema.shape)).toEqual([...metricNames]);
    });
  });
}

/** A generated lake may have none of these. */
const mayBeEmpty = new Set([
  '/api/customer/:id/alerts',
  '/api/capacity-alerts',
  '/api/client-duplicates',
  '/api/anomalies',
]);

/** Records of RFC 4180. */
export function csvRecords(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    record.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}
