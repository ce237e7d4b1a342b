import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { answer } from './answer.ts';
import type { Exclusive } from './exclusive.ts';
import type { Fault } from './fault.ts';
import { findFault } from './fault-plan.ts';
import { readBody } from './read-body.ts';
import type { Reply } from './reply.ts';
import type { LoggedRequest } from './request-kind.ts';
import type { RequestLog } from './request-log.ts';
import type { Call, Route, Target } from './route.ts';
import { sendReply } from './send-reply.ts';
import type { Services } from './services.ts';

/** Called when a request is taken up, before the org's clock is read: the place to change the org while a client works. */
export type OnRequest = (request: LoggedRequest) => void | Promise<void>;

/** What requests are handled with. */
export interface Handling {
  readonly routes: readonly Route[];
  readonly services: Services;
  readonly log: RequestLog;
  readonly exclusive: Exclusive;
  readonly onRequest: OnRequest | undefined;
}

interface Answered {
  readonly reply: Reply;
  readonly faults: readonly Fault[];
  readonly now: Date;
  readonly number: number;
}

/**
 * Reads, answers and logs one request. Requests work on the org one after the other, since the org has one owner at a time; what
 * they answer is sent at the same time.
 */
export async function handleRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  handling: Handling,
): Promise<void> {
  const asked = await readRequest(incoming, handling);
  await asked.route?.ready?.(asked);
  const { reply, faults, now, number } = await handling.exclusive.run(() => takeUp(asked, handling));
  const slow = findFault(faults, 'slow');
  if (slow !== undefined) await delay(slow.milliseconds);
  const { usage } = handling.services;
  const skew = findFault(faults, 'clock-skew')?.seconds ?? 0;
  response.setHeader('Date', new Date(now.getTime() + skew * 1000).toUTCString());
  response.setHeader('Sforce-Limit-Info', `api-usage=${usage.used(now)}/${usage.limit}`);
  response.setHeader('Cache-Control', 'no-cache,must-revalidate,max-age=0,no-store,private');
  const acceptsGzip = /\bgzip\b/i.test(String(incoming.headers['accept-encoding'] ?? ''));
  if (findFault(faults, 'answer-lost') === undefined) handling.log.complete(number, { status: reply.status });
  await sendReply(response, reply, faults, acceptsGzip);
}

/** A request that has been read, before it is its turn. */
interface Asked extends Pick<Call, 'method' | 'parts' | 'query' | 'headers' | 'body'> {
  readonly route: Route | undefined;
  readonly path: string;
}

async function readRequest(incoming: IncomingMessage, { routes, services }: Handling): Promise<Asked> {
  const { method = 'GET', headers } = incoming;
  const url = new URL(incoming.url ?? '/', services.url());
  const body = await readBody(incoming);
  const { route, parts } = findRoute(routes, method, url.pathname);
  // Where no session is needed, the query may carry a secret.
  const path = route === undefined || route.open ? url.pathname : url.pathname + url.search;
  return { method, headers, body, query: url.searchParams, path, route, parts };
}

async function takeUp(asked: Asked, { services, log, onRequest }: Handling): Promise<Answered> {
  const { route, path, method } = asked;
  const { object = null, page = null } = targetOf(asked);
  const kind = route?.kind ?? 'unknown';
  const request = log.add({ kind, method, path, object, page, at: await services.database.now() });
  const faults = services.faults.draw(request);
  log.complete(request.number, { faults: faults.map(({ fault }) => fault) });
  await onRequest?.({ ...request });
  const now = await services.database.now();
  await services.database.settle(now);
  const reply = await answer(route, { ...asked, now, userId: '', faults }, request, services);
  return { reply, faults, now, number: request.number };
}

function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route | undefined; readonly parts: Readonly<Record<string, string>> } {
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match === null) continue;
    const parts = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    return { route, parts: Object.fromEntries(parts) };
  }
  return { route: undefined, parts: {} };
}

function targetOf(asked: Asked): Target {
  try {
    return asked.route?.target?.(asked) ?? {};
  } catch {
    // A body that cannot be read is about nothing; the route itself answers with the error.
    return {};
  }
}
