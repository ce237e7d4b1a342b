import type { ApiSettings } from '../route.ts';
import { ApiProblem } from './problems.ts';

/** Sent with every answer: what the API gives is data, never a page. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
};

/** Refuses names that are not ours (a foreign page may let its name lead here). Throws ApiProblem. */
export function requireHost(host: string | undefined, { allowedHosts }: ApiSettings): void {
  if (allowedHosts === null) return;
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
  if (!allowedHosts.includes(name)) {
    throw new ApiProblem('misdirected-request', `This API answers to ${allowedHosts.join(', ')} only.`);
  }
}

/** Refuses changes that a page of another origin asks for. Throws ApiProblem. */
export function requireOrigin(origin: string | undefined, host: string | undefined, settings: ApiSettings): void {
  if (origin === undefined || isAllowed(origin, settings)) return;
  let from: string;
  try {
    from = new URL(origin).host;
  } catch {
    from = '';
  }
  if (from === '' || from !== host) throw new ApiProblem('forbidden', 'Pages of another origin may not do that.');
}

/** CORS headers for an origin of the allow-list; none for any other. */
export function corsHeaders(origin: string | undefined, settings: ApiSettings): Record<string, string> {
  if (origin === undefined || !isAllowed(origin, settings)) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'ETag, X-Request-Id, Retry-After, Content-Disposition',
    'cross-origin-resource-policy': 'cross-origin',
  };
}

export function preflightHeaders(origin: string | undefined, settings: ApiSettings): Record<string, string> {
  const headers = corsHeaders(origin, settings);
  if (headers['access-control-allow-origin'] === undefined) return {};
  return {
    ...headers,
    'access-control-allow-methods': 'GET, HEAD, POST',
    'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Request-Id',
    'access-control-max-age': '600',
  };
}

function isAllowed(origin: string, { allowedOrigins }: ApiSettings): boolean {
  return allowedOrigins.includes(origin);
}
