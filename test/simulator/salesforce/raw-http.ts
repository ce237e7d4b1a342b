import { type IncomingHttpHeaders, request } from 'node:http';
import type { RunningOrg } from './running-org.ts';

export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** What arrived, not decompressed. */
  readonly body: Buffer;
  /** Whether the answer ended as HTTP wants it. */
  readonly complete: boolean;
}

/** GET without any of the comfort that hides how an answer was sent. Rejects when there is no answer at all. */
export async function fetchRaw(
  { server, login }: RunningOrg,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawResponse> {
  const session = await login();
  return new Promise((resolve, reject) => {
    const url = `${server.url}/services/data/v62.0${path}`;
    const outgoing = request(url, { agent: false, headers: { ...session, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      // An answer that is cut off ends with an error; either way it is closed.
      response.on('error', () => undefined);
      response.on('close', () => {
        const { statusCode = 0, complete } = response;
        resolve({ status: statusCode, headers: response.headers, body: Buffer.concat(chunks), complete });
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
