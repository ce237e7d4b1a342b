import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatRows } from '../../dashboard/src/format/figures.ts';
import type { AssignmentChanges, ClientHistory, Territory } from '../../lambdas/api/contract/territories.ts';
import type { DashboardHome } from './dashboard-home.ts';
import { settled, visit, withPage } from './open-page.ts';

/** Who looks after whom, and what the last run changed. */
export function describeTerritories(home: () => DashboardHome, browser: () => Browser): void {
  describe('territories', () => {
    const api = async <Answer>(path: string) => (await (await fetch(`${home().url}${path}`)).json()) as Answer;

    it('tell what the last run changed, and a change leads to the history of its client', async () => {
      const { data, page: all } = await api<AssignmentChanges>('/api/assignment-changes');
      const [change] = data;
      const { decisions, versions } = await api<ClientHistory>(
        `/api/clients/${encodeURIComponent(change?.client_key ?? '')}/history`,
      );
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/territories');
        await page.getByRole('link', { name: 'What changed', exact: true }).click();
        await page.waitForURL('**tab=changes**');
        await settled(page);
        await page.getByText(`${all.total} changes`, { exact: true }).waitFor();
        const row = page.locator('tbody tr').first();
        const words = { NEW: 'New', CHANGED: 'Changed', REMOVED: 'Removed' };
        for (const text of [
          change?.client_key,
          words[change?.change_type ?? 'NEW'],
          change?.old_territory_id ?? 'none',
          change?.new_territory_id ?? 'none',
        ]) {
          expect(await row.innerText()).toContain(text);
        }
        await row.getByRole('link').first().click();
        await page.waitForURL(`**/clients/${change?.client_key}`);
        await settled(page);
        const rowsOf = (name: string) => page.getByRole('table', { name }).locator('tbody tr').count();
        await expect.poll(() => rowsOf('Versions of the client')).toBe(versions.length);
        await expect.poll(() => rowsOf('Rules that were looked at')).toBe(decisions.length);
        await page.goBack();
        await settled(page);
        expect(page.url()).toContain('tab=changes');
      });
    });

    it('a kind of change is kept by reload, and Clear takes it away', async () => {
      const [change] = (await api<AssignmentChanges>('/api/assignment-changes')).data;
      const kind = change?.change_type ?? '';
      const { page: ofKind } = await api<AssignmentChanges>(`/api/assignment-changes?change_type=${kind}`);
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/territories?tab=changes');
        await page.getByLabel('Change', { exact: true }).selectOption(kind);
        await page.waitForURL(`**change_type=${kind}**`);
        await page.reload();
        await settled(page);
        await page.getByText(formatRows(ofKind.total, 'changes'), { exact: true }).waitFor();
        expect(await page.getByLabel('Change', { exact: true }).inputValue()).toBe(kind);
        await page.getByRole('button', { name: 'Clear', exact: true }).click();
        await page.waitForURL(/tab=changes$/);
      });
    });

    it('a place on the map leads to its advisors with their workload', async () => {
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/territories');
        const map = page.getByRole('table', { name: 'Territories by region and segment' });
        await map.getByRole('link', { name: 'NOR_INS' }).click();
        await page.waitForURL('**/territories/NOR_INS');
        await settled(page);
        const { advisors } = await api<Territory>('/api/territories/NOR_INS');
        expect(advisors.length).toBeGreaterThan(0);
        const rows = page.getByRole('table', { name: 'Advisors of the territory' }).locator('tbody tr');
        await expect.poll(() => rows.count()).toBe(advisors.length);
        const advisor = advisors[0]?.advisor ?? '';
        await rows.first().getByRole('link', { name: advisor }).click();
        await page.waitForURL('**tab=clients**');
        await settled(page);
        await expect.poll(() => page.getByLabel('Advisor', { exact: true }).inputValue()).toBe(advisor);
      });
    });
  });
}
