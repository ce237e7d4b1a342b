import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DashboardHome } from './dashboard-home.ts';
import { visit, withPage } from './open-page.ts';
import { keepPicture } from './pictures.ts';
import type { View } from './views.ts';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const wide = { width: 1_440, height: 900 };
const conditions = [
  { name: 'light', theme: 'light', size: wide },
  { name: 'dark', theme: 'dark', size: wide },
  { name: '320 px', theme: 'light', size: { width: 320, height: 700 } },
  // What a browser does at 200 %: half as many pixels of the page on the same screen.
  { name: '200 % zoom', theme: 'dark', size: { width: 720, height: 450 } },
] as const;

/** WCAG 2.2 AA as far as a machine can tell, on every page. */
export function describeAccessibility(
  home: () => DashboardHome,
  browser: () => Browser,
  views: () => readonly View[],
): void {
  describe('for everybody', () => {
    let axe: string;
    beforeAll(async () => {
      axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    });

    it('no page breaks a rule of accessibility, nor scrolls sideways, in any theme and at any width', async () => {
      const faults: string[] = [];
      const look = async (page: Page, view: View) => {
        await page.setViewportSize(wide);
        await visit(page, view.path);
        for (const { name, theme, size } of conditions) {
          await page.emulateMedia({ colorScheme: theme });
          await page.setViewportSize(size);
          if (size === wide) await keepPicture(page, view, theme);
          const found = await violations(page, axe);
          const sideways = Number(await page.evaluate(sidewaysPixels));
          if (sideways > 0) found.push(`scrolls sideways by ${sideways} pixels`);
          faults.push(...found.map((fault) => `${view.name}, ${name}: ${fault}`));
        }
      };
      const options = { hasFailures: true, reducedMotion: 'reduce' } as const;
      await withPage(
        browser(),
        home().url,
        async (page) => {
          for (const view of views()) await look(page, view);
        },
        options,
      );
      expect(faults).toEqual([]);
    }, 900_000);

    it('a table that goes on beyond its place says so, until its end is in sight', async () => {
      await withPage(browser(), home().url, async (page) => {
        await page.setViewportSize({ width: 375, height: 800 });
        await visit(page, '/customers');
        const shade = page.locator('section[aria-label="Table: customers"] + div[aria-hidden="true"]');
        await shade.waitFor({ state: 'attached' });
        const table = page.getByRole('region', { name: 'Table: customers' });
        await table.evaluate((area) => area.scrollTo({ left: area.scrollWidth }));
        await shade.waitFor({ state: 'detached' });
      });
    });

    it('no list of the overview is cut on a laptop', async () => {
      await withPage(browser(), home().url, async (page) => {
        for (const width of [1_280, 1_440]) {
          await page.setViewportSize({ width, height: 900 });
          await visit(page, '/');
          const cut = await page.evaluate(
            "[...document.querySelectorAll('main section[tabindex]')].filter((list) => list.scrollWidth > list.clientWidth).map((list) => list.ariaLabel)",
          );
          expect(cut, `${width} px`).toEqual([]);
        }
      });
    });

    it('search and dialogs break no rule either, and give the focus back', async () => {
      await withPage(browser(), home().url, async (page) => {
        const customer = views().find(({ name }) => name === 'customer');
        await visit(page, customer?.path ?? '');
        await page.keyboard.press('/');
        await page.keyboard.type('a');
        await page.getByRole('listbox').getByRole('option').first().waitFor();
        expect(await violations(page, axe)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        const schedule = page.getByRole('button', { name: /^Schedule:/ }).first();
        await schedule.press('Enter');
        await page.getByRole('dialog').waitFor();
        expect(await violations(page, axe)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        expect(await page.locator(':focus').getAttribute('aria-label')).toBe(await schedule.getAttribute('aria-label'));
      });
    });

    it('the first key leads past the navigation, and definitions show on focus', async () => {
      await withPage(browser(), home().url, async (page) => {
        await visit(page, '/');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        expect(await page.evaluate('document.activeElement.id')).toBe('main');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        const tip = page.getByRole('tooltip').filter({ hasText: 'close date within the 12 months' }).first();
        await tip.waitFor();
        await tip.waitFor();
        await page.keyboard.press('Escape');
        expect(await tip.isVisible()).toBe(false);
      });
    });
  });
}

async function violations(page: Page, axe: string): Promise<string[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate('axe.run(document).then(({ violations }) => violations)')) as Violation[];
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}

const sidewaysPixels = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
