import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type DashboardHome, lastDay } from './dashboard-home.ts';
import { settled, visit, withPage } from './open-page.ts';

/** A publication that arrives while somebody reads. The last test: the lake is another one afterwards. */
export function describeNewerData(home: () => DashboardHome, browser: () => Browser): void {
  describe('a new publication', () => {
    it('is announced, leaves what is read alone, and is shown when asked for', async () => {
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/');
        expect(await page.getByText('Newer data are there').count()).toBe(0);
        const list = await page.context().newPage();
        await visit(list, '/customers?sort=health_score');
        await list.getByRole('button', { name: 'Next' }).click();
        await list.waitForURL('**cursor=**');
        await settled(list);
        await home().run('2025-07-01');
        await page.getByText('Newer data are there, as of Jul 1, 2025').waitFor({ timeout: 40_000 });
        expect(await page.locator('header + div, main').first().innerText()).toContain('As of Jun 30, 2025');
        await page.getByRole('button', { name: 'Show them' }).click();
        await page.getByText('Newer data are there').waitFor({ state: 'detached' });
        await settled(page);
        expect(await page.locator('main').innerText()).toContain('As of Jul 1, 2025');
        // A later page of a list stays with its run; asked for the newest, the list begins again.
        await list.getByRole('button', { name: 'Show them' }).click({ timeout: 40_000 });
        await list.getByText('Newer data are there').waitFor({ state: 'detached' });
        expect(new URL(list.url()).search).toBe('?sort=health_score');
      });
      expect(lastDay).toBe('2025-06-30');
    });
  });
}
