import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { DashboardHome } from './dashboard-home.ts';
import { visit, withPage } from './open-page.ts';
import type { View } from './views.ts';

const folder = fileURLToPath(new URL('../../docs/screenshots', import.meta.url));
const tallest = 1_600;

/** Pictures of every page for docs/screenshots. They are kept only when HEADWATER_SCREENSHOTS is set, so that test runs change no file. */
export function describeScreenshots(
  home: () => DashboardHome,
  browser: () => Browser,
  views: () => readonly View[],
): void {
  describe('pictures', () => {
    it.each(['light', 'dark'] as const)('of every page, %s', async (colorScheme) => {
      await mkdir(folder, { recursive: true });
      await withPage(
        browser(),
        home().url,
        async (page) => {
          for (const { name, path, isState = false } of views()) {
            await visit(page, path);
            const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
            const clip = { x: 0, y: 0, width: 1_440, height: Math.min(height, tallest) };
            const file = { path: `${folder}/${name}-${colorScheme}.png` };
            const isKept = process.env.HEADWATER_SCREENSHOTS !== undefined && !isState;
            const picture = await page.screenshot({ fullPage: true, clip, ...(isKept ? file : {}) });
            expect(picture.length).toBeGreaterThan(10_000);
          }
        },
        { colorScheme, hasFailures: true, reducedMotion: 'reduce' },
      );
    });
  });
}
