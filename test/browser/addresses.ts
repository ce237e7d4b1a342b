import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Customers } from '../../lambdas/api/contract/customers.ts';
import type { DashboardHome } from './dashboard-home.ts';
import { settled, visit, withPage } from './open-page.ts';

/** A view is its address: links, back and reload lead to the same thing. */
export function describeAddresses(home: () => DashboardHome, browser: () => Browser): void {
  describe('addresses', () => {
    const total = async (query: string) => {
      const answer = await fetch(`${home().url}/api/customers?${query}`);
      return ((await answer.json()) as Customers).page.total;
    };

    it('a bar of the overview leads to the customers that it counts', async () => {
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/');
        await page.getByRole('region', { name: 'Health' }).getByRole('link', { name: 'At-Risk' }).click();
        await page.waitForURL('**/customers?health_status=At-Risk');
        await settled(page);
        const count = await total('health_status=At-Risk');
        await page.getByText(`${count} customers`).waitFor();
      });
    });

    it('filter, search, sort and page are kept by reload and by back', async () => {
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/customers');
        await page.getByLabel('Segment').selectOption('SMB');
        await page.waitForURL('**customer_segment=SMB**');
        await page.getByRole('button', { name: 'Pipeline' }).click();
        await page.waitForURL('**sort=-pipeline_amount**');
        await page.getByRole('button', { name: 'Next' }).click();
        await page.waitForURL('**cursor=**');
        await settled(page);
        const first = await page.locator('tbody tr').first().innerText();
        await page.reload();
        await settled(page);
        expect(await page.locator('tbody tr').first().innerText()).toBe(first);
        expect(await page.getByLabel('Segment').inputValue()).toBe('SMB');
        await page.goBack();
        await settled(page);
        expect(page.url()).not.toContain('cursor');
        expect(await page.getByRole('columnheader', { name: 'Pipeline' }).getAttribute('aria-sort')).toBe('descending');
        await page.goBack();
        await page.goBack();
        await settled(page);
        expect(await page.getByLabel('Segment').inputValue()).toBe('');
        await page.getByText(`${await total('')} customers`).waitFor();
      });
    });

    it('what is typed into a table reaches its address, and Clear takes it away', async () => {
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/customers?health_status=Healthy');
        await page.getByLabel('Search customers', { exact: true }).fill('qqqqq');
        await page.waitForURL('**q=qqqqq**');
        await page.getByText('No customers match').waitFor();
        await page.getByRole('button', { name: 'Clear search and filters' }).click();
        await page.waitForURL(/customers$/);
        expect(await page.getByLabel('Search customers', { exact: true }).inputValue()).toBe('');
      });
    });

    it('tab, kinds of events and alerts of a customer are in the address', async () => {
      const [row] = ((await (await fetch(`${home().url}/api/customers?has_alerts=true`)).json()) as Customers).data;
      await withPage(browser(), home().url, async (page) => {
        await visit(page, `/customers/${row?.account_id}`);
        await page.getByRole('link', { name: 'Timeline' }).click();
        await page.getByRole('button', { name: 'Alerts' }).click();
        await page.waitForURL('**type=ALERT**');
        await settled(page);
        await page.reload();
        await settled(page);
        expect(await page.getByRole('button', { name: 'Alerts' }).getAttribute('aria-pressed')).toBe('true');
        const kinds = await page.locator('ol li span.sr-only').allTextContents();
        expect(new Set(kinds)).toEqual(new Set(['Alerts']));
      });
    });

    it('the file holds all rows that match, with cells that no spreadsheet runs', async () => {
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/customers?customer_segment=SMB&sort=account_name');
        const download = page.waitForEvent('download');
        await page.getByRole('link', { name: /CSV/ }).click();
        const stream = await (await download).createReadStream();
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(chunk as Buffer);
        const lines = Buffer.concat(chunks).toString('utf8').trim().split('\r\n');
        expect(lines.length - 1).toBe(await total('customer_segment=SMB'));
        expect(lines.filter((line) => /(^|,)"?[=+@]/.test(line))).toEqual([]);
      });
    });
  });
}
