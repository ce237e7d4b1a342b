import { defineConfig } from 'vitest/config';

/** `npm run test:long`: whole orgs, weeks of edits, zombies and doubled faults, every way that a secret could leak. */
export default defineConfig({
  test: {
    include: ['test/**/*.long.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
