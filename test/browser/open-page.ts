import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

export interface PageOptions extends BrowserContextOptions {
  /** Whether the test makes requests fail, which the browser reports on its console. */
  readonly hasFailures?: boolean;
}

/** Works with a page of a browser of its own, and demands that nothing failed there: no error, no refusal by the security policy. */
export async function withPage(
  browser: Browser,
  url: string,
  work: (page: Page) => Promise<void>,
  { hasFailures = false, ...options }: PageOptions = {},
): Promise<void> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(20_000);
  const faults: string[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // React reports what an error boundary shows.
    const isExpected = hasFailures && /Failed to load resource|^ApiError: /.test(message.text());
    if (message.type() === 'error' && !isExpected) faults.push(message.text());
  });
  try {
    await work(page);
  } finally {
    await context.close();
  }
  expect(faults).toEqual([]);
}

/** Opens an address and waits until everything asked for is there. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
}

/** Looks in a row at which nothing is on its way. */
const quietLooks = 4;

/** Until there is a heading, and nothing on the page is on its way. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('h1').first().waitFor();
  const busy = page.locator('[aria-busy="true"]');
  // Between the code of a page and its questions nothing is busy for a moment.
  let quiet = 0;
  await expect
    .poll(async () => (quiet = (await busy.count()) === 0 ? quiet + 1 : 0), { interval: 30, timeout: 20_000 })
    .toBeGreaterThanOrEqual(quietLooks);
}
