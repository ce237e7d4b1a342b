import { defineConfig } from 'vitest/config';

/** `npm run test:browser`: the dashboard in Chromium (HEADWATER_CHROMIUM, or where Debian puts it). */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    pool: 'forks',
    maxWorkers: 1,
  },
});
