import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Quarantine } from '../../lambdas/api/contract/files.ts';
import type { Runs } from '../../lambdas/api/contract/runs.ts';
import type { AssignmentChanges } from '../../lambdas/api/contract/territories.ts';
import type { DashboardHome } from './dashboard-home.ts';
import { settled, visit, withPage } from './open-page.ts';

/** What those see who answer for the data. */
export function describeOperations(home: () => DashboardHome, browser: () => Browser): void {
  describe('operations', () => {
    const read = async <Answer>(path: string) => (await (await fetch(`${home().url}${path}`)).json()) as Answer;

    it('a run that was halted stands among the runs, and its page tells the reason and the check', async () => {
      const [halted] = (await read<Runs>('/api/runs?status=HALTED')).data;
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/pipeline');
        await page
          .getByRole('link', { name: halted?.run_id ?? '' })
          .first()
          .click();
        await page.waitForURL(`**/pipeline/runs/${halted?.run_id}`);
        await settled(page);
        const text = await page.locator('main').innerText();
        expect(text).toContain(halted?.error_message?.split('\n')[0]);
        expect(text).toContain('a growth is known of everybody');
      });
    });

    it('a quarantined row stands with every reason and as it came', async () => {
      const { data, page: found } = await read<Quarantine>('/api/quarantine?limit=1');
      const [row] = data;
      expect(found.total).toBeGreaterThan(0);
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/pipeline?tab=quarantine');
        const first = await page.locator('tbody tr').first().innerText();
        for (const reason of row?.reasons ?? []) expect(first).toContain(reason);
        const reason = row?.reasons[0] ?? '';
        await page.getByLabel('Reason').selectOption(reason);
        await page.waitForURL(({ searchParams }) => searchParams.get('reason') === reason);
        await settled(page);
        const total = (await read<Quarantine>(`/api/quarantine?reason=${encodeURIComponent(reason)}`)).page.total;
        expect(
          await page
            .getByRole('status')
            .filter({ hasText: `${total} rows` })
            .count(),
        ).toBe(1);
      });
    });

    it('what the last run changed in the territories can be read and filtered', async () => {
      const { data, page: all } = await read<AssignmentChanges>('/api/assignment-changes');
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/territories');
        await page.getByRole('link', { name: 'What changed' }).click();
        await page.waitForURL('**tab=changes**');
        await settled(page);
        const text = await page.locator('main').innerText();
        expect(all.total).toBe((await read<AssignmentChanges>('/api/assignment-changes?limit=200')).page.total);
        if (data[0] === undefined) expect(text).toMatch(/No .*change/i);
        else expect(text).toContain(String(data[0].client_name));
      });
    });
  });
}
