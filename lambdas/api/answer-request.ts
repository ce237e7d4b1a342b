import type { Context } from 'hono';
import { stableHash } from '../domain/stable-hash.ts';
import type { ServingSnapshot } from '../ports/serving-store.ts';
import type { Endpoint } from './contract.ts';
import { requireHost, requireOrigin } from './http/access.ts';
import { type Coding, coded, codingFor } from './http/content-coding.ts';
import { csvStream, fileNameOf } from './http/csv-export.ts';
import { etagHeader, isContentWithAnyTag, knownTag, tagOf } from './http/etag.ts';
import { parsed, queryValues } from './http/parse-request.ts';
import { ApiProblem } from './http/problems.ts';
import type { RateLimiter } from './http/rate-limit.ts';
import { readJson } from './http/read-body.ts';
import type { RequestMeter } from './http/request-metrics.ts';
import type { PackedBody, ResponseCache } from './http/response-cache.ts';
import type { Principal } from './principal.ts';
import type { RecentActions } from './recent-actions.ts';
import type { ApiPorts, ApiSettings, CsvReply, Route, RouteRequest } from './route.ts';

/** What lives as long as the application. */
export interface Answering {
  readonly ports: ApiPorts;
  readonly settings: ApiSettings;
  readonly meter: RequestMeter;
  readonly cache: ResponseCache;
  readonly limiter: RateLimiter | null;
  readonly recentActions: RecentActions;
  /** When a newer snapshot was last looked for, and why it is not served as the log was last told. */
  readonly looked: { atMilliseconds: number; problem: string | null };
}

interface Answer {
  readonly response: Response;
  readonly isCacheHit: boolean;
}

/** Who asks, whether they may, what they ask for; then the route, and its answer packed for the way. Throws ApiProblem. */
export async function answerRequest(
  answering: Answering,
  endpoint: Endpoint,
  route: Route,
  context: Context,
  requestId: string,
): Promise<Answer> {
  const { settings } = answering;
  const header = (name: string) => context.req.header(name);
  requireHost(header('host'), settings);
  if (endpoint.method === 'POST') requireOrigin(header('origin'), header('host'), settings);
  const principal = admitted(answering, endpoint, context);
  await lookForNewer(answering);
  const request = await understood(answering, endpoint, context, principal, requestId);
  const tag = await tagBefore(request, route, context);
  if (tag !== null) {
    const known = fromMemory(answering, request, tag, header);
    if (known !== null) return known;
  }
  const { body, status = 200, headers = {} } = await route.answer(request);
  if (typeof body !== 'string') return { response: csvResponse(body, request, tag), isCacheHit: false };
  if (route.isLive === true) {
    const live = { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers };
    return { response: new Response(body, { status, headers: live }), isCacheHit: false };
  }
  const ownTag = tag ?? tagOf(request.served?.meta ?? null, [viewOf(principal), body]);
  const known = tag === null ? knownTag(header('if-none-match'), ownTag) : null;
  if (known !== null) return notModified(known);
  if (isContentWithAnyTag(header('if-none-match'))) return notModified(etagHeader(ownTag, 'identity'));
  const packed = pack(body, header('accept-encoding'));
  if (tag !== null) answering.cache.set(`${tag} ${wantedCoding(header('accept-encoding'))}`, packed);
  return { response: jsonResponse(packed, ownTag), isCacheHit: false };
}

function pack(body: string, accepted: string | undefined): PackedBody {
  const size = Buffer.byteLength(body);
  const coding = codingFor(accepted, size);
  if (coding === 'identity') return { content: body, size, coding };
  const content = coded(Buffer.from(body), coding);
  return { content, size: content.byteLength, coding };
}

function wantedCoding(accepted: string | undefined): Coding {
  return codingFor(accepted, Number.MAX_SAFE_INTEGER);
}

function admitted({ ports, settings, limiter }: Answering, endpoint: Endpoint, context: Context): Principal {
  const principal = settings.authenticate(context.req.raw, context.env);
  if (principal === null) {
    throw new ApiProblem('unauthenticated', 'Log in: the header Authorization carries no valid token.', {
      headers: { 'www-authenticate': 'Bearer' },
    });
  }
  const wait = limiter?.take(principal.subject, ports.now().getTime()) ?? 0;
  if (wait > 0) {
    throw new ApiProblem('too-many-requests', `You have asked too often. Come again in ${wait} s.`, {
      headers: { 'retry-after': String(wait) },
    });
  }
  if (endpoint.scope !== null && !principal.scopes.includes(endpoint.scope)) {
    throw new ApiProblem(
      'forbidden',
      `That needs the scope ${endpoint.scope}, and the role ${principal.role} does not have it here.`,
    );
  }
  return principal;
}

/** A look holds for a while. Where the process goes on after an answer, nobody waits for one while there is something to serve. */
async function lookForNewer({ ports, settings, looked }: Answering): Promise<void> {
  const now = ports.now().getTime();
  const isServing = ports.store.current() !== null;
  if (isServing && now - looked.atMilliseconds < settings.refreshMilliseconds) return;
  looked.atMilliseconds = now;
  const look = ports.store.refresh().then(() => {
    const problem = ports.store.problem();
    if (problem !== null && problem !== looked.problem) {
      settings.log(JSON.stringify({ at: ports.now().toISOString(), snapshot_problem: problem }));
    }
    looked.problem = problem;
  });
  if (!isServing || settings.waitsForNewer) await look;
}

async function understood(
  { ports, settings, meter, recentActions }: Answering,
  endpoint: Endpoint,
  context: Context,
  principal: Principal,
  requestId: string,
): Promise<RouteRequest> {
  const url = new URL(context.req.url);
  const parameters = parsed(endpoint.parameters, context.req.param(), 'parameter') as Record<string, string>;
  const query = parsed(endpoint.query, queryValues(url.searchParams), 'parameter') as RouteRequest['query'];
  const body = endpoint.body === undefined ? undefined : parsed(endpoint.body, await readJson(context.req.raw), 'body');
  const served = ports.store.current();
  return {
    principal,
    parameters,
    query,
    body,
    header: (name) => context.req.header(name),
    listId: listIdOf(url),
    wantsCsv: endpoint.csv && (query.format ?? preferred(context.req.header('accept'))) === 'csv',
    served,
    snapshot: () => served ?? nothingServed(ports.store.problem()),
    ports: { ...ports, newId: () => `${requestId}.${ports.newId()}` },
    settings,
    meter,
    recentActions,
  };
}

function nothingServed(problem: string | null): ServingSnapshot {
  const why = problem === null ? 'nothing has been published yet' : 'the snapshot could not be read';
  throw new ApiProblem('unavailable', `There are no data to show: ${why}.`, { headers: { 'retry-after': '30' } });
}

function listIdOf({ pathname, searchParams }: URL): string {
  const kept = [...searchParams].filter(([name]) => !['cursor', 'limit', 'facets', 'format'].includes(name)).toSorted();
  return stableHash(JSON.stringify([pathname, kept])).slice(0, 8);
}

function preferred(accept: string | undefined): 'csv' | 'json' {
  const types = (accept ?? '').split(',').map((each) => each.split(';', 1)[0]?.trim());
  return types[0] === 'text/csv' ? 'csv' : 'json';
}

/** The tag where it is known before the answer is made. */
async function tagBefore(request: RouteRequest, route: Route, context: Context): Promise<string | null> {
  if (route.version === undefined) return null;
  const version = await route.version(request);
  const { pathname, search } = new URL(context.req.url);
  const format = request.wantsCsv ? 'csv' : 'json';
  return tagOf(request.snapshot().meta, [viewOf(request.principal), version, pathname + search, format]);
}

/** What a reader may see, as text that no list of territories shares with another one, or with readers of all. */
function viewOf({ territories }: Principal): string {
  return JSON.stringify(territories === null ? null : territories.toSorted());
}

function fromMemory(
  { cache }: Answering,
  { wantsCsv }: RouteRequest,
  tag: string,
  header: (name: string) => string | undefined,
): Answer | null {
  const known = knownTag(header('if-none-match'), tag);
  if (known !== null) return notModified(known);
  const body = wantsCsv ? undefined : cache.get(`${tag} ${wantedCoding(header('accept-encoding'))}`);
  if (body === undefined) return null;
  if (isContentWithAnyTag(header('if-none-match'))) return notModified(etagHeader(tag, body.coding));
  return { response: jsonResponse(body, tag), isCacheHit: true };
}

/** Kept by whoever asked, and asked for again each time. */
const revalidated = { 'cache-control': 'private, no-cache', vary: 'Accept, Accept-Encoding, Authorization, Origin' };

function notModified(etag: string): Answer {
  return {
    response: new Response(null, { status: 304, headers: { ...revalidated, etag } }),
    isCacheHit: true,
  };
}

function jsonResponse({ content, coding }: PackedBody, tag: string): Response {
  const encoding = coding === 'identity' ? {} : { 'content-encoding': coding };
  return new Response(content, {
    headers: { 'content-type': 'application/json', ...encoding, ...revalidated, etag: etagHeader(tag, coding) },
  });
}

function csvResponse(reply: CsvReply, { served, header }: RouteRequest, tag: string | null): Response {
  const meta = served?.meta;
  const name = fileNameOf(reply, meta?.asOf ?? null, meta?.runId ?? null);
  const rows = csvStream(reply);
  // Brotli has no stream in the platform; whoever reads CSV reads gzip.
  const zipped =
    codingFor(header('accept-encoding')?.replaceAll(/\bbr\b/g, 'x-none'), Number.MAX_SAFE_INTEGER) === 'gzip';
  return new Response(zipped ? rows.pipeThrough(new CompressionStream('gzip') as never) : rows, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${name}"`,
      ...(zipped ? { 'content-encoding': 'gzip' } : {}),
      ...revalidated,
      ...(tag === null ? {} : { etag: etagHeader(tag, zipped ? 'gzip' : 'identity') }),
    },
  });
}
