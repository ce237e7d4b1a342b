import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { DashboardHome } from './dashboard-home.ts';
import { visit, withPage } from './open-page.ts';

/** What people or attackers wrote into a name is text, wherever it is shown. */
export function describeHostileNames(home: () => DashboardHome, browser: () => Browser): void {
  describe('hostile names', () => {
    it('stand as they are, run nothing, and keep inside of the page', async () => {
      await withPage(
        browser(),
        home().url,
        async (page) => {
          for (const [id, name] of home().naughtyNames) {
            await visit(page, `/customers/${id}`);
            expect(await page.locator('h1').textContent()).toBe(name);
            expect(await page.title()).toBe(`${name.replaceAll(/\s+/g, ' ')} · Headwater`);
            expect(
              await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
            ).toBe(0);
          }
        },
        { viewport: { width: 320, height: 700 } },
      );
    });

    it('can be searched for, in the list and in its address', async () => {
      const hostile = [...home().naughtyNames].find(([, name]) => name.startsWith('<script>'));
      await withPage(browser(), home().url, async (page) => {
        await visit(page, `/customers?q=${encodeURIComponent(hostile?.[1] ?? '')}`);
        expect(await page.getByLabel('Search customers', { exact: true }).inputValue()).toBe(hostile?.[1]);
        await page.getByRole('link', { name: hostile?.[1] ?? '' }).waitFor();
        expect(await page.title()).toBe('Customers · Headwater');
      });
    });
  });
}
