import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Quarantine } from '../../lambdas/api/contract/files.ts';
import type { Quality, Runs } from '../../lambdas/api/contract/runs.ts';
import type { Lineage, Tables } from '../../lambdas/api/contract/tables.ts';
import type { DashboardHome } from './dashboard-home.ts';
import { haltingCheck } from './halted-run.ts';
import { settled, visit, withPage } from './open-page.ts';

/** What whoever runs the pipeline looks for: why a run stopped, what was set aside, whether the data can be trusted. */
export function describeOperations(home: () => DashboardHome, browser: () => Browser): void {
  describe('pipeline and catalog', () => {
    const api = async <Answer>(path: string) => (await (await fetch(`${home().url}${path}`)).json()) as Answer;

    it('a halted run tells its reason, the failing check, its rows and its SQL; back leads to the runs', async () => {
      const [run] = (await api<Runs>('/api/runs?status=HALTED')).data;
      const [check] = (await api<Quality>(`/api/quality?run_id=${run?.run_id}&severity=halt&passed=false`)).data;
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/pipeline');
        const row = page.getByRole('row').filter({ hasText: run?.run_id ?? '' });
        expect(await row.innerText()).toMatch(/Halted[\s\S]*nothing was published[\s\S]*Not finished/);
        await row.getByRole('link', { name: run?.run_id ?? '' }).click();
        await page.waitForURL(`**/pipeline/runs/${run?.run_id}`);
        await settled(page);
        const reason = await page.getByRole('region', { name: 'Why it stopped' }).innerText();
        expect(reason).toContain('QualityHaltError');
        expect(reason).toContain(haltingCheck.description);
        expect(reason).toContain('Readers keep the last good publication');
        await page.getByRole('link', { name: haltingCheck.name }).click();
        await page.waitForURL('**/pipeline/check?**');
        await settled(page);
        expect(await page.getByRole('region', { name: 'SQL of the check' }).innerText()).toBe(check?.sql);
        const rows = page.getByRole('table', { name: 'Table of failing rows' }).locator('tbody tr');
        await expect.poll(() => rows.count()).toBe(check?.sample.length);
        const first = JSON.parse(check?.sample[0] ?? '{}') as { customer_id: string };
        expect(await rows.first().innerText()).toContain(first.customer_id);
        await page.reload();
        await settled(page);
        await expect.poll(() => rows.count()).toBe(check?.sample.length);
        await page.goBack();
        await page.goBack();
        await page.waitForURL(/\/pipeline$/);
        await settled(page);
        await row.waitFor();
      });
    });

    it('a quarantined row shows with its reasons, and comes in the download', async () => {
      const { data } = await api<Quarantine>('/api/quarantine?reason=TYPE(price)');
      const [wanted] = data;
      expect(wanted?.raw).toBeTruthy();
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/pipeline?tab=quarantine');
        await page.getByLabel('Reason').selectOption('TYPE(price)');
        await page.waitForURL('**reason=TYPE**');
        await settled(page);
        const row = page.locator('tbody tr').filter({ hasText: 'TYPE(price)' }).first();
        const shown = await row.innerText();
        for (const text of [wanted?.source_file, wanted?.raw, 'TYPE(price)', 'price cannot be read as its type']) {
          expect(shown.replaceAll(/\s/g, '')).toContain(text?.replaceAll(/\s/g, ''));
        }
        const download = page.waitForEvent('download');
        await page.getByRole('link', { name: /CSV/ }).click();
        const chunks: Buffer[] = [];
        for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
        const lines = Buffer.concat(chunks).toString('utf8').trim().split('\r\n');
        expect(lines).toHaveLength(data.length + 1);
        expect(lines[0]).toContain('reasons');
      });
    });

    it('a file with quarantined rows leads to them', async () => {
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/pipeline?tab=files&q=2024-10-22');
        await page.getByRole('link', { name: /rows of landing\/sales/ }).click();
        await page.waitForURL('**tab=quarantine**');
        await settled(page);
        const file = new URL(page.url()).searchParams.get('file') ?? '';
        const { page: all } = await api<Quarantine>(`/api/quarantine?file=${encodeURIComponent(file)}`);
        expect(all.total).toBeGreaterThan(0);
        await page.getByText(`${all.total} rows`, { exact: true }).waitFor();
      });
    });

    it('lineage goes from hop to hop, and back', async () => {
      const start = 'gold.customers_data_mart';
      const { made_from } = await api<Lineage>(`/api/lineage/${start}`);
      const source = made_from[0]?.table ?? '';
      await withPage(browser(), home().url, async (page) => {
        await visit(page, `/pipeline?tab=lineage&table=${start}`);
        await page.getByRole('list', { name: 'Made from' }).getByRole('link', { name: source }).click();
        await page.waitForURL(`**table=${source}`);
        await settled(page);
        await expect.poll(() => page.getByLabel('Table', { exact: true }).inputValue()).toBe(source);
        await page.getByRole('list', { name: 'Feeds' }).getByRole('link', { name: start }).waitFor();
        await page.goBack();
        await settled(page);
        await expect.poll(() => page.getByLabel('Table', { exact: true }).inputValue()).toBe(start);
      });
    });

    it('every table tells its age against the allowance in words, and leads to its definitions', async () => {
      const { data } = await api<Tables>('/api/tables?layer=gold');
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/pipeline?tab=tables&layer=gold&sort=-rows');
        const rows = page.locator('tbody tr');
        await expect.poll(() => rows.count()).toBe(data.length);
        expect(await page.getByText(/^In time$/).count()).toBe(data.length);
        expect(await rows.first().innerText()).toContain('of 30 hours');
        const greatest = data.toSorted((a, b) => b.rows - a.rows)[0]?.table ?? '';
        await rows.first().getByRole('link', { name: greatest, exact: true }).click();
        await page.waitForURL(`**/catalog/${greatest.replace('.', '/')}`);
        await settled(page);
        await page.reload();
        await settled(page);
        expect(await page.locator('h1').innerText()).toBe(greatest);
        expect(
          await page
            .getByRole('table', { name: `Columns of ${greatest}` })
            .locator('tbody tr')
            .count(),
        ).toBe(data.find(({ table }) => table === greatest)?.columns);
      });
    });

    it('one failing panel leaves the others, and comes back by Retry', async () => {
      await withPage(
        browser(),
        home().url,
        async (page) => {
          await page.route('**/api/quarantine*', (route) => route.fulfill({ status: 500, body: '{}' }));
          await visit(page, '/pipeline');
          const headline = page.getByRole('region', { name: 'Headline figures' });
          expect(await headline.getByRole('alert').count()).toBe(1);
          await headline.getByRole('button', { name: 'Failed checks' }).waitFor();
          expect(await page.getByRole('table', { name: 'runs' }).locator('tbody tr').count()).toBeGreaterThan(0);
          await page.unroute('**/api/quarantine*');
          await headline.getByRole('button', { name: 'Retry' }).click();
          await headline.getByRole('button', { name: 'Rows in quarantine' }).waitFor();
          expect(await headline.getByRole('alert').count()).toBe(0);
        },
        { hasFailures: true },
      );
    });
  });
}
