import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Revenue } from '../../lambdas/api/contract/revenue.ts';
import type { Shoppers } from '../../lambdas/api/contract/sales.ts';
import type { SalesTotals } from '../../lambdas/api/contract/totals.ts';
import type { DashboardHome } from './dashboard-home.ts';
import { settled, visit, withPage } from './open-page.ts';

/** Revenue, sales team and shoppers. */
export function describeSales(home: () => DashboardHome, browser: () => Browser): void {
  describe('sales', () => {
    const api = async <Answer>(path: string) => (await (await fetch(`${home().url}${path}`)).json()) as Answer;

    it('revenue is sorted here, and reload and back keep the order', async () => {
      const { data } = await api<Revenue>('/api/revenue/industry');
      const byLost = data.toSorted((a, b) => b.lost_amount - a.lost_amount).map(({ industry }) => industry);
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/revenue');
        const names = () => page.getByRole('table', { name: 'Table of rows' }).locator('tbody th').allInnerTexts();
        await expect.poll(names).toEqual(data.map(({ industry }) => industry));
        await page.getByRole('button', { name: 'Lost' }).click();
        await page.waitForURL('**sort=-lost_amount**');
        await expect.poll(names).toEqual(byLost);
        await page.reload();
        await settled(page);
        await expect.poll(names).toEqual(byLost);
        await page.goBack();
        await settled(page);
        await expect.poll(names).toEqual(data.map(({ industry }) => industry));
      });
    });

    it('a month narrows the stores, and a store leads to its ranks of the month', async () => {
      const { data } = await api<SalesTotals>('/api/sales-totals/store?month=2025-03');
      const [best] = data;
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/sales-team');
        await page.getByRole('combobox', { name: 'Month' }).selectOption('2025-03');
        await page.waitForURL('**month=2025-03**');
        await settled(page);
        const stores = page.getByRole('table', { name: 'Table of stores' }).locator('tbody tr');
        await expect.poll(() => stores.count()).toBe(data.length);
        await stores.first().getByRole('link').click();
        await page.waitForURL('**tab=ranks**');
        await settled(page);
        await expect.poll(() => page.getByRole('combobox', { name: 'Store' }).inputValue()).toBe(best?.value);
        await page.getByText(`${best?.entries} salesperson-months`, { exact: true }).waitFor();
        expect(await page.getByText('1st', { exact: true }).count()).toBeGreaterThan(0);
      });
    });

    it('a chart shows its figures as a table', async () => {
      const { data } = await api<SalesTotals>('/api/sales-totals/month');
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/sales-team');
        await page.getByRole('button', { name: 'Show as table' }).press('Enter');
        const rows = page.getByRole('table', { name: 'Sales by month' }).locator('tbody tr');
        await expect.poll(() => rows.count()).toBe(data.length);
      });
    });

    it('inactive shoppers are one step away, and each has its months', async () => {
      const { page: all, data } = await api<Shoppers>('/api/sales-customers?inactive=true');
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/shoppers');
        await page.getByRole('link', { name: /Inactive: what is behind it/ }).click();
        await page.waitForURL('**inactive=true**');
        await settled(page);
        await page.getByText(`${all.total} shoppers`, { exact: true }).waitFor();
        await page.locator('tbody th a').first().click();
        await page.waitForURL(`**/shoppers/${data[0]?.customer_id}`);
        await settled(page);
        await page.getByText('Inactive', { exact: true }).first().waitFor();
        await page.getByRole('img', { name: /Sales by month/ }).waitFor();
      });
    });
  });
}
