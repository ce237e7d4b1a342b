import { createHash, randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { builtSite } from '../../bin/dashboard/build-site.ts';
import { DashboardSite } from '../../bin/dashboard/site.ts';
import { principal } from '../../lambdas/api/principal.ts';
import type { DashboardHome } from './dashboard-home.ts';
import { settled, withPage } from './open-page.ts';

const login = 'https://login.example';
const clientId = 'the-dashboard';

/** A login as Cognito has it: gives codes for challenges, and tokens for codes with their verifier. */
async function serveLogin(page: Page, valid: Set<string>, isBusy: () => boolean = () => false): Promise<void> {
  const challenges = new Map<string, string>();
  await page.route('**/config.json', (route) => route.fulfill({ json: { login, clientId } }));
  await page.route(`${login}/oauth2/authorize*`, (route) => {
    const asked = new URL(route.request().url()).searchParams;
    expect(asked.get('client_id')).toBe(clientId);
    expect(asked.get('code_challenge_method')).toBe('S256');
    const code = randomUUID();
    challenges.set(code, asked.get('code_challenge') ?? '');
    const back = `${asked.get('redirect_uri')}?code=${code}&state=${asked.get('state')}`;
    return route.fulfill({ contentType: 'text/html', body: `<script>location = ${JSON.stringify(back)}</script>` });
  });
  await page.route(`${login}/oauth2/token`, (route) => {
    const given = new URLSearchParams(route.request().postData() ?? '');
    const proof = createHash('sha256')
      .update(given.get('code_verifier') ?? '')
      .digest('base64url');
    const isGood =
      given.get('grant_type') === 'authorization_code'
        ? challenges.get(given.get('code') ?? '') === proof
        : given.get('refresh_token') === 'refresh-1';
    const headers = { 'access-control-allow-origin': '*' };
    if (isBusy()) return route.fulfill({ status: 503, headers, body: 'busy' });
    if (!isGood) return route.fulfill({ status: 400, headers, json: { error: 'invalid_grant' } });
    const token = `access-${randomUUID()}`;
    valid.add(token);
    const refresh = given.get('grant_type') === 'authorization_code' ? { refresh_token: 'refresh-1' } : {};
    return route.fulfill({ headers, json: { access_token: token, ...refresh } });
  });
}

/** A dashboard that knows whoever shows one of these tokens. */
async function servedBehindLogin(home: DashboardHome, valid: ReadonlySet<string>): Promise<string> {
  return await home.serve({
    site: await DashboardSite.read(builtSite, [login]),
    settings: {
      authenticate: (request) => {
        const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
        return valid.has(token) ? principal('somebody', 'analyst') : null;
      },
    },
  });
}

export function describeLogin(home: () => DashboardHome, browser: () => Browser): void {
  describe('a deployed dashboard', () => {
    it('lets people in by the login, brings them back to their view, and renews what runs out', async () => {
      const valid = new Set<string>();
      const url = await servedBehindLogin(home(), valid);
      await withPage(
        browser(),
        url,
        async (page) => {
          await serveLogin(page, valid);
          await page.goto('/customers?customer_segment=SMB');
          await page.getByRole('button', { name: 'Log in' }).click();
          await page.waitForURL('**/customers?customer_segment=SMB');
          await page.getByRole('heading', { name: 'Customers' }).waitFor();
          await settled(page);
          expect(await page.getByLabel('Segment').inputValue()).toBe('SMB');
          expect(valid.size).toBe(1);
          valid.clear();
          await page.getByRole('link', { name: 'Overview' }).click();
          await page.getByRole('region', { name: 'Headline figures' }).getByRole('link').first().waitFor();
          expect(valid.size).toBe(1);
          await page.getByRole('button', { name: 'Log out (analyst)' }).waitFor();
        },
        { hasFailures: true },
      );
    });

    it('keeps people logged in while the login is too busy to renew', async () => {
      const valid = new Set<string>();
      let isBusy = false;
      const url = await servedBehindLogin(home(), valid);
      await withPage(
        browser(),
        url,
        async (page) => {
          await serveLogin(page, valid, () => isBusy);
          await page.goto('/customers');
          await page.getByRole('button', { name: 'Log in' }).click();
          await page.getByRole('heading', { name: 'Customers' }).waitFor();
          await settled(page);
          valid.clear();
          isBusy = true;
          await page.reload();
          await page.getByRole('button', { name: 'Log in' }).waitFor();
          isBusy = false;
          await page.reload();
          await page.getByRole('button', { name: 'Log out (analyst)' }).waitFor();
        },
        { hasFailures: true },
      );
    });

    it('takes no code that it did not ask for', async () => {
      const url = await home().serve({
        site: await DashboardSite.read(builtSite, [login]),
        settings: { authenticate: () => null },
      });
      await withPage(
        browser(),
        url,
        async (page) => {
          await serveLogin(page, new Set());
          const asked: string[] = [];
          page.on('request', (request) => asked.push(request.url()));
          await page.goto('/?code=stolen&state=guessed');
          await page.getByRole('button', { name: 'Log in' }).waitFor();
          expect(asked.filter((address) => address.startsWith(login))).toEqual([]);
        },
        { hasFailures: true },
      );
    });
  });
}
