import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { View } from './views.ts';

const folder = fileURLToPath(new URL('../../docs/screenshots', import.meta.url));
const tallest = 1_600;

/** A picture of the page for docs/screenshots; only when HEADWATER_SCREENSHOTS is set, so that test runs change no file. */
export async function keepPicture(page: Page, { name, isState = false }: View, theme: string): Promise<void> {
  if (process.env.HEADWATER_SCREENSHOTS === undefined || isState) return;
  await mkdir(folder, { recursive: true });
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
  const { width } = page.viewportSize() ?? { width: 1_440 };
  const clip = { x: 0, y: 0, width, height: Math.min(height, tallest) };
  await page.screenshot({ path: `${folder}/${name}-${theme}.png`, fullPage: true, clip });
}
