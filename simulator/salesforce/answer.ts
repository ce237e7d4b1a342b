import { OrgError } from '../org/org-error.ts';
import { SalesforceError, invalidSession, invalidType, notFound, requestLimitExceeded } from './api-error.ts';
import { bearerToken } from './auth/sessions.ts';
import type { Fault } from './fault.ts';
import { findFault } from './fault-plan.ts';
import { type Reply, jsonReply } from './reply.ts';
import type { LoggedRequest } from './request-kind.ts';
import type { Call, Route } from './route.ts';
import type { Services } from './services.ts';

/** Answers a call by its route: first what a fault does in its place, then session and quota, then the work itself. */
export async function answer(
  route: Route | undefined,
  call: Call,
  request: LoggedRequest,
  services: Services,
): Promise<Reply> {
  try {
    const error = faultInPlace(call, request, services);
    if (error !== null) throw error;
    if (route === undefined) throw notFound();
    if (route.open) return await route.handle(call);
    const userId = services.sessions.use(bearerToken(call.headers.authorization) ?? '');
    if (userId === undefined) throw invalidSession();
    if (!services.usage.count(call.now)) throw requestLimitExceeded();
    return await route.handle({ ...call, userId });
  } catch (error) {
    return errorReply(error);
  }
}

/** The error that a fault puts in the place of an answer. */
function faultInPlace(call: Call, request: LoggedRequest, services: Services): SalesforceError | null {
  const { faults } = call;
  const unauthorized = findFault(faults, 'unauthorized');
  if (unauthorized !== undefined) {
    if (unauthorized.revoke) services.sessions.revoke(bearerToken(call.headers.authorization) ?? '');
    return invalidSession();
  }
  if (findFault(faults, 'request-limit') !== undefined) return requestLimitExceeded();
  if (findFault(faults, 'access-denied') !== undefined) {
    const queries = request.kind === 'query' || request.kind === 'query-more' || request.kind === 'bulk-create';
    return queries ? invalidType(request.object ?? '') : notFound();
  }
  const status = findFault(faults, 'status');
  return status === undefined ? null : unavailable(status);
}

const UNAVAILABLE: Readonly<Record<420 | 429 | 500 | 503, readonly [code: string, message: string]>> = {
  420: ['REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.'],
  429: ['REQUEST_LIMIT_EXCEEDED', 'Too many requests.'],
  500: ['UNKNOWN_EXCEPTION', 'An unexpected error occurred.'],
  503: ['SERVER_UNAVAILABLE', 'The server is busy. Try again later.'],
};

function unavailable({ status, retryAfterSeconds }: Extract<Fault, { fault: 'status' }>): SalesforceError {
  const [errorCode, message] = UNAVAILABLE[status];
  const headers = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  return new SalesforceError(status, errorCode, message, { headers });
}

function errorReply(error: unknown): Reply {
  const known = error instanceof SalesforceError ? error : unexpected(error);
  const reply = jsonReply(known.body(), known.status);
  return { ...reply, headers: { ...reply.headers, ...known.headers } };
}

function unexpected(error: unknown): SalesforceError {
  const message = error instanceof Error ? error.message : String(error);
  return new SalesforceError(error instanceof OrgError ? 400 : 500, 'UNKNOWN_EXCEPTION', message);
}
