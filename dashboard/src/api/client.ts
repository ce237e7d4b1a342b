import { errorOf, unreachable } from './api-error.ts';
import { renewLogin } from './login.ts';
import { authorization } from './session.ts';

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The address of an API path with parameters; those without a value are left out, and their order does not matter. */
export function apiAddress(path: string, query: Query = {}): string {
  const known = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const parameters = new URLSearchParams(known.map(([name, value]) => [name, String(value)]));
  parameters.sort();
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Throws ApiError. The browser answers from its cache where the ETag still holds. */
export async function getJson<Answer>(path: string, query: Query, signal: AbortSignal): Promise<Answer> {
  return (await send(apiAddress(path, query), { signal })) as Answer;
}

/** Throws ApiError. Repeating it with the same key does nothing twice. */
export async function postJson<Answer>(path: string, body: object, idempotencyKey: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': idempotencyKey };
  return (await send(path, { method: 'POST', body: JSON.stringify(body), headers })) as Answer;
}

/** A file of the API, fetched with the session's token, which a link could not carry. Throws ApiError. */
export async function getBlob(address: string): Promise<Blob> {
  return (await answer(address, {})).blob();
}

async function send(address: string, init: RequestInit): Promise<unknown> {
  return (await answer(address, init)).json();
}

async function answer(address: string, init: RequestInit): Promise<Response> {
  let response = await attempt(address, init);
  if (response.status === 401 && (await renewLogin())) response = await attempt(address, init);
  if (!response.ok) throw await errorOf(response);
  return response;
}

async function attempt(address: string, init: RequestInit): Promise<Response> {
  const headers = { ...authorization(), ...(init.headers as Record<string, string> | undefined) };
  return await fetch(address, { ...init, headers }).catch((error: unknown) => {
    throw init.signal?.aborted === true ? error : unreachable();
  });
}
