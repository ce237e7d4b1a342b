import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  PASSWORD,
  REFRESH_TOKEN,
  type RunningOrg,
  SECURITY_TOKEN,
  USERNAME,
  assertion,
} from './running-org.ts';
import { orgPerTest } from './org-per-test.ts';
import { ids } from './small-org.ts';

const start = orgPerTest();

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

async function token(org: RunningOrg, form: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const url = `${org.server.url}/services/oauth2/token`;
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  return { status: String(response.status), ...((await response.json()) as Record<string, string>) };
}

const app = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET };

describe('the token endpoint', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['client credentials', { grant_type: 'client_credentials', ...app }],
    ['password', { grant_type: 'password', ...app, username: USERNAME, password: PASSWORD + SECURITY_TOKEN }],
    ['refresh token', { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: REFRESH_TOKEN }],
  ])('grants by %s', async (_, form) => {
    const org = await start();
    expect(await token(org, form)).toMatchObject({
      status: '200',
      access_token: expect.stringMatching(/^00D\w{12}!/),
      instance_url: org.server.url,
      id: `${org.server.url}/id/${org.server.organizationId}/${ids.ann}`,
      token_type: 'Bearer',
    });
  });

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['invalid_client_id', 'client identifier invalid', { grant_type: 'client_credentials', client_id: 'nobody' }],
    ['invalid_client', 'invalid client credentials', { grant_type: 'client_credentials', ...app, client_secret: 'x' }],
    [
      'invalid_grant',
      'authentication failure',
      { grant_type: 'password', ...app, username: USERNAME, password: PASSWORD },
    ],
    ['invalid_grant', 'expired access/refresh token', { grant_type: 'refresh_token', ...app, refresh_token: 'x' }],
    ['unsupported_grant_type', 'grant type not supported', { grant_type: 'magic', ...app }],
  ])('refuses with %s: %s', async (error, error_description, form) => {
    expect(await token(await start(), form)).toEqual({ status: '400', error, error_description });
  });

  const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const seconds = () => Math.floor(Date.now() / 1000);

  test.each<[string, (url: string) => string]>([
    ['invalid assertion', (url) => assertion(url, {}, otherKey)],
    ['invalid assertion', (url) => `${assertion(url)}x`],
    ['invalid assertion', () => 'nonsense'],
    ['invalid assertion', (url) => assertion(url, { exp: seconds() + 3600 })],
    ['audience is invalid', (url) => assertion(url, { aud: 'https://elsewhere.example' })],
    ['expired authorization code', (url) => assertion(url, { exp: seconds() - 1 })],
    ["user hasn't approved this consumer", (url) => assertion(url, { sub: 'nobody@example.com' })],
    ['client identifier invalid', (url) => assertion(url, { iss: 'nobody' })],
  ])('refuses a JWT: %s', async (error_description, make) => {
    const org = await start();
    const answer = await token(org, { grant_type: JWT_BEARER, assertion: make(org.server.url) });
    expect(answer).toMatchObject({ status: '400', error_description });
  });

  test('takes a JWT for the login host of Salesforce', async () => {
    const org = await start();
    const jwt = assertion(org.server.url, { aud: 'https://login.salesforce.com' });
    expect(await token(org, { grant_type: JWT_BEARER, assertion: jwt })).toMatchObject({ status: '200' });
  });
});

describe('sessions', () => {
  test('end when they have not been used for their lifetime', async () => {
    let now = new Date('2025-01-01T00:00:00Z');
    const org = await start({ sessionMinutes: 30, wallClock: () => now });
    const minutesLater = async (minutes: number) => {
      now = new Date(now.getTime() + minutes * 60_000);
      return (await org.get('/limits')).status;
    };
    expect([await minutesLater(0), await minutesLater(29), await minutesLater(29), await minutesLater(30)]).toEqual([
      200, 200, 200, 401,
    ]);
  });

  test('can all be revoked', async () => {
    const org = await start();
    expect((await org.get('/limits')).status).toBe(200);
    org.server.revokeSessions();
    const refused = await org.get('/limits');
    expect([refused.status, await refused.json()]).toEqual([
      401,
      [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
    ]);
  });
});

describe('the quota', () => {
  test('counts the calls of the last 24 hours of the org', async () => {
    const org = await start({ dailyLimit: 3 });
    const usage = async () => {
      const { status, headers } = await org.get('/limits');
      return [status, headers.get('sforce-limit-info')];
    };
    expect([await usage(), await usage(), await usage(), await usage()]).toEqual([
      [200, 'api-usage=1/3'],
      [200, 'api-usage=2/3'],
      [200, 'api-usage=3/3'],
      [403, 'api-usage=3/3'],
    ]);
    await org.server.change(async (database) =>
      database.setNow(new Date((await database.now()).getTime() + 86_400_000)),
    );
    expect(await usage()).toEqual([200, 'api-usage=1/3']);
  });
});

test('the log of requests knows no secret', async () => {
  const org = await start();
  await token(org, { grant_type: 'password', ...app, username: USERNAME, password: PASSWORD + SECURITY_TOKEN });
  await fetch(`${org.server.url}/services/oauth2/token?client_secret=${CLIENT_SECRET}`, { method: 'POST' });
  await org.get('/query?q=SELECT+Id+FROM+Account');
  const { authorization } = await org.login();
  const log = org.server.requests();
  expect(log).toMatchObject([
    { number: 1, kind: 'token', path: '/services/oauth2/token', status: 200 },
    { number: 2, kind: 'token', path: '/services/oauth2/token', status: 400 },
    { number: 3, kind: 'token', status: 200 },
    { number: 4, kind: 'query', object: 'Account', path: '/services/data/v62.0/query?q=SELECT+Id+FROM+Account' },
    { number: 5, kind: 'token', status: 200 },
  ]);
  const text = JSON.stringify(log);
  for (const secret of ['canary', authorization.slice(-40)]) expect(text).not.toContain(secret);
});
