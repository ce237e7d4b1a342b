import type { Browser, Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { DashboardHome } from './dashboard-home.ts';
import { settled, visit, withPage } from './open-page.ts';

const problem = (status: number, detail: string, headers: Record<string, string> = {}, type = 'about:blank') => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: JSON.stringify({
    type,
    title: `Problem ${status}`,
    status,
    detail,
    request_id: `request-${status}`,
  }),
});

/** What people see when the API does not do what they ask. */
export function describeFailures(home: () => DashboardHome, browser: () => Browser): void {
  describe('when something fails', () => {
    const failing = { hasFailures: true };

    it('a failing request shows its id and Retry, and the rest of the page stays', async () => {
      await withPage(
        browser(),
        home().url,
        async (page) => {
          const id = await someCustomer(home().url);
          await page.route('**/alerts*', (route) => route.fulfill(problem(500, 'Something broke.')));
          await visit(page, `/customers/${id}`);
          const alerts = page.getByRole('region', { name: 'Alerts' });
          expect(await alerts.innerText()).toContain('request-500');
          expect(await page.getByRole('region', { name: 'Why this health' }).getByRole('alert').count()).toBe(0);
          await page.unroute('**/alerts*');
          await alerts.getByRole('button', { name: 'Retry' }).click();
          await alerts.getByRole('alert').waitFor({ state: 'detached' });
          expect(await alerts.innerText()).not.toContain('request-500');
        },
        failing,
      );
    });

    it('an API that is down is said to be, and its return is noticed by Retry', async () => {
      await withPage(
        browser(),
        home().url,
        async (page) => {
          const down = (route: Route) => route.abort('connectionrefused');
          await page.route('**/api/**', down);
          await visit(page, '/');
          await page.getByText('The API cannot be reached').waitFor();
          await page.unroute('**/api/**', down);
          await page.getByRole('button', { name: 'Retry' }).click();
          await page
            .getByRole('region', { name: 'Headline figures' })
            .getByRole('button', { name: 'Annual revenue' })
            .waitFor();
        },
        failing,
      );
    });

    it('a page whose code cannot come says so, keeps the navigation, and comes by Retry', async () => {
      await withPage(
        browser(),
        home().url,
        async (page) => {
          await visit(page, '/customers?sort=health_score');
          const down = (route: Route) => route.abort('connectionrefused');
          await page.route('**/*', down);
          await page.getByRole('link', { name: 'Revenue', exact: true }).click();
          await page.getByText('The API cannot be reached').first().waitFor();
          await page.getByRole('link', { name: 'Customers', exact: true }).click();
          await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor();
          await page.getByRole('link', { name: 'Revenue', exact: true }).click();
          await page.getByRole('button', { name: 'Retry' }).waitFor();
          await page.unroute('**/*', down);
          await page.getByRole('button', { name: 'Retry' }).click();
          await page.getByRole('region', { name: 'Won by industry' }).waitFor();
        },
        failing,
      );
    });

    it('a slow API shows skeletons of the final size, and says that it is slow', async () => {
      await withPage(browser(), home().url, async (page) => {
        const held: Route[] = [];
        await page.route('**/api/dashboard/summary', (route) => void held.push(route));
        await page.goto('/');
        const figures = page.getByRole('region', { name: 'Headline figures' });
        await figures.getByText('This takes longer than usual').waitFor();
        const before = (await figures.boundingBox())?.height;
        for (const route of held) await route.continue();
        await settled(page);
        const after = (await figures.boundingBox())?.height;
        expect(Math.abs(Number(after) - Number(before))).toBeLessThan(80);
      });
    });

    it('too many requests say when to ask again', async () => {
      await withPage(
        browser(),
        home().url,
        async (page) => {
          const busy = problem(429, 'Too many requests.', { 'retry-after': '7' });
          await page.route('**/api/customers*', (route) => route.fulfill(busy));
          await visit(page, '/customers');
          expect(await page.getByRole('alert').innerText()).toContain('It can be asked again in 7 s.');
        },
        failing,
      );
    });

    it('nothing published yet is no fault, and what is published then comes by itself', async () => {
      await withPage(
        browser(),
        home().url,
        async (page) => {
          await page.clock.install();
          const nothing = problem(503, 'Nothing has been published yet.', {}, 'urn:headwater:problem:unavailable');
          await page.route('**/api/dashboard/summary', (route) => route.fulfill(nothing));
          await page.goto('/');
          const heading = page.getByText('Nothing here yet');
          await expect.poll(() => page.clock.runFor(500).then(() => heading.count()), { timeout: 20_000 }).toBe(1);
          expect(await page.getByRole('alert').count()).toBe(0);
          await page.unroute('**/api/dashboard/summary');
          await page.clock.runFor(16_000);
          await page.getByRole('region', { name: 'Headline figures' }).waitFor();
        },
        failing,
      );
    });

    it('a lake without an org says so, instead of figures that are all zero', async () => {
      await withPage(browser(), home().url, async (page) => {
        await page.route('**/api/dashboard/summary', async (route) => {
          const summary = (await (await route.fetch()).json()) as object;
          await route.fulfill({ json: { ...summary, total_customers: 0 } });
        });
        for (const path of ['/', '/summary']) {
          await visit(page, path);
          await page.getByText('No customers yet').waitFor();
          expect(await page.locator('main').innerText()).not.toContain('USD');
          expect(await page.locator('main code', { hasText: 'headwater run' }).count()).toBe(1);
        }
      });
    });

    it('a customer who is not there is not an error', async () => {
      await withPage(
        browser(),
        home().url,
        async (page) => {
          await visit(page, '/customers/001000000000000AAA');
          expect(await page.locator('h1').textContent()).toBe('No such customer');
          expect(await page.getByRole('alert').count()).toBe(0);
        },
        failing,
      );
    });

    it('nor is a client, a territory or a table that is not there', async () => {
      await withPage(
        browser(),
        home().url,
        async (page) => {
          for (const path of ['/clients/no.body', '/territories/nowhere', '/catalog/gold/nothing']) {
            await visit(page, path);
            await page.getByText('There is no such thing').first().waitFor();
            expect(await page.getByRole('alert').count(), path).toBe(0);
          }
        },
        failing,
      );
    });

    it('a protected dashboard asks for the token, says when it is wrong, and carries it in files as well', async () => {
      const token = 'a-token-of-the-browser-tests';
      const url = await home().serve({ token });
      await withPage(
        browser(),
        url,
        async (page) => {
          await page.goto('/customers');
          await enter(page, 'not-the-token');
          await page.getByText('The API does not know this token').waitFor();
          await enter(page, token);
          await page.getByRole('heading', { name: 'Customers' }).waitFor();
          await settled(page);
          const download = page.waitForEvent('download');
          await page.getByRole('link', { name: /CSV/ }).click();
          expect((await download).suggestedFilename()).toBe('customers.csv');
          await page.reload();
          await settled(page);
          expect(await page.locator('h1').textContent()).toBe('Customers');
        },
        failing,
      );
    });

    it('data older than their allowance are said to be', async () => {
      const url = await home().serve({ settings: { allowanceSeconds: 0 } });
      await withPage(browser(), url, async (page) => {
        await new Promise((resolve) => setTimeout(resolve, 1_100));
        await visit(page, '/');
        await page.getByText('The pipeline has not confirmed them since').waitFor();
      });
    });
  });
}

async function someCustomer(url: string): Promise<string> {
  const { data } = (await (await fetch(`${url}/api/customers?limit=1`)).json()) as { data: { account_id: string }[] };
  return data[0]?.account_id ?? '';
}

async function enter(page: Page, token: string): Promise<void> {
  await page.getByLabel('Token').fill(token);
  await page.getByLabel('Token').press('Enter');
}
