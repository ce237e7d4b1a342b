import { malformedQuery } from '../api-error.ts';
import { type Reply, jsonTextReply } from '../reply.ts';
import { type Call, type Route, dataPath, part } from '../route.ts';
import type { Services } from '../services.ts';

const DEFAULT_BATCH = 2000;
const SMALLEST_BATCH = 200;

/** SOQL over REST: the first page, and the pages behind it. */
export function queryRoutes(services: Services): readonly Route[] {
  const first = (name: 'query' | 'queryAll'): Route => ({
    kind: 'query',
    method: 'GET',
    pattern: dataPath(`/${name}`),
    target: (call) => ({ object: objectOf(call.query.get('q') ?? '') }),
    handle: (call) => query(call, services, name === 'queryAll'),
  });
  const next = (name: 'query' | 'queryAll'): Route => ({
    kind: 'query-more',
    method: 'GET',
    pattern: dataPath(`/${name}/{locator}`),
    target: (call) => services.queries.target(part(call, 'locator')),
    handle: async (call) => jsonTextReply(await services.queries.more(part(call, 'locator'))),
  });
  return [first('query'), first('queryAll'), next('query'), next('queryAll')];
}

/** The object that a query is about, also of queries that are malformed elsewhere; null when it cannot be told. */
export function objectOf(soql: string): string | null {
  return /\bfrom\s+(\w+)/i.exec(soql.replace(/'(?:[^'\\]|\\.)*'/g, ''))?.[1] ?? null;
}

async function query(call: Call, services: Services, includeDeleted: boolean): Promise<Reply> {
  const soql = call.query.get('q');
  if (soql === null) throw malformedQuery('A query string has to be specified');
  const context = { schema: services.schema(), now: call.now, includeDeleted };
  return jsonTextReply(await services.queries.run(soql, context, part(call, 'version'), batchSizeOf(call)));
}

/** Of the header `Sforce-Query-Options: batchSize=500`; at least 200, at most 2,000. */
function batchSizeOf({ headers }: Call): number {
  const wanted = /batchSize=(\d+)/i.exec(String(headers['sforce-query-options'] ?? ''))?.[1];
  if (wanted === undefined) return DEFAULT_BATCH;
  return Math.min(Math.max(Number(wanted), SMALLEST_BATCH), DEFAULT_BATCH);
}
