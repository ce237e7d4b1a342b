import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { DashboardHome } from './dashboard-home.ts';
import { visit, withPage } from './open-page.ts';

/** Pages of a PDF file, as Chromium writes it. */
function pageCount(pdf: Buffer): number {
  return (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;
}

export function describePaper(home: () => DashboardHome, browser: () => Browser): void {
  describe('on paper', () => {
    it('the executive summary takes one or two pages', async () => {
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/summary');
        const pages = pageCount(await page.pdf({ format: 'A4', preferCSSPageSize: true }));
        expect(pages).toBeGreaterThanOrEqual(1);
        expect(pages).toBeLessThanOrEqual(2);
      });
    });

    it('a wide list is whole: what its page cannot hold is shrunk, at most to half', async () => {
      await withPage(browser(), home().url, async (page) => {
        const paperPixels = 688; // A4 at 96 dots per inch, without its margins.
        await page.setViewportSize({ width: paperPixels, height: 1_000 });
        await page.emulateMedia({ media: 'print' });
        for (const path of ['/customers', '/shoppers', '/pipeline?tab=files', '/sales-team?tab=anomalies']) {
          await visit(page, path);
          expect(Number(await page.evaluate('document.documentElement.scrollWidth')), path).toBeLessThanOrEqual(
            2 * paperPixels,
          );
          expect(await page.getByRole('combobox').filter({ visible: true }).count(), path).toBe(0);
        }
      });
    });

    it('a dark view prints light, without navigation, with filters, day and run', async () => {
      const { run_id } = (await (await fetch(`${home().url}/api/health`)).json()) as { run_id: string };
      await withPage(
        browser(),
        home().url,
        async (page) => {
          await visit(page, '/customers?health_status=At-Risk');
          await page.emulateMedia({ media: 'print' });
          expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe(
            'rgb(255, 255, 255)',
          );
          expect(await page.getByRole('navigation', { name: 'Pages' }).filter({ visible: true }).count()).toBe(0);
          const text = await page.locator('main').innerText();
          expect(text).toContain('health status: At-Risk');
          expect(text).toContain(`run ${run_id}`);
        },
        { colorScheme: 'dark' },
      );
    });
  });
}
