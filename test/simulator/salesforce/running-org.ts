import { generateKeyPairSync, sign } from 'node:crypto';
import type { OrgDatabase } from '../../../simulator/org/org-database.ts';
import {
  type SalesforceOptions,
  type SimulatedSalesforce,
  startSalesforce,
} from '../../../simulator/salesforce/start-salesforce.ts';
import { openSmallOrg } from './small-org.ts';

export const CLIENT_ID = '3MVG9-app';
export const CLIENT_SECRET = 'canary-client-secret';
export const USERNAME = 'ann@example.com';
export const PASSWORD = 'canary<pass>&word';
export const SECURITY_TOKEN = 'canaryToken';
export const REFRESH_TOKEN = 'canary-refresh-token';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A signed JWT; claims that are given replace the right ones. */
export function assertion(url: string, claims: Readonly<Record<string, unknown>> = {}, key = privateKey): string {
  const right = { iss: CLIENT_ID, sub: USERNAME, aud: url, exp: Math.floor(Date.now() / 1000) + 120 };
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'RS256' })}.${encode({ ...right, ...claims })}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
}

export interface RunningOrg {
  readonly org: OrgDatabase;
  readonly server: SimulatedSalesforce;
  /** Logs in and returns what the data API needs. */
  login(): Promise<{ readonly authorization: string }>;
  /** GET of a path below `/services/data/v62.0`, with a session. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** A request with a JSON body. */
  send(method: string, path: string, body?: unknown): Promise<Response>;
  close(): Promise<void>;
}

/** The small org (or another), served, with one app and one user that may log in every way. */
export async function runOrg(
  options: Partial<SalesforceOptions> = {},
  open: () => Promise<OrgDatabase> = openSmallOrg,
): Promise<RunningOrg> {
  const org = await open();
  const server = await startSalesforce({
    database: org,
    clients: [
      {
        clientId: CLIENT_ID,
        clientSecret: CLIENT_SECRET,
        certificate: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        runAs: USERNAME,
        refreshTokens: [{ token: REFRESH_TOKEN, username: USERNAME }],
      },
    ],
    users: [{ username: USERNAME, password: PASSWORD, securityToken: SECURITY_TOKEN }],
    ...options,
  });
  const login = async () => {
    const form = { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: CLIENT_SECRET };
    const response = await fetch(`${server.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const { access_token } = (await response.json()) as { access_token: string };
    return { authorization: `Bearer ${access_token}` };
  };
  let session: Promise<{ readonly authorization: string }> | undefined;
  const request = async (method: string, path: string, headers: Readonly<Record<string, string>>, body?: string) => {
    session ??= login();
    const url = `${server.url}/services/data/v62.0${path}`;
    return fetch(url, { method, headers: { ...(await session), ...headers }, ...(body === undefined ? {} : { body }) });
  };
  return {
    org,
    server,
    login,
    get: (path, headers = {}) => request('GET', path, headers),
    send: (method, path, body) =>
      request(
        method,
        path,
        { 'content-type': 'application/json' },
        body === undefined ? undefined : JSON.stringify(body),
      ),
    close: async () => {
      await server.close();
      org.close();
    },
  };
}
