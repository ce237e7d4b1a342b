import { defineConfig } from 'vitest/config';

/** `npm run test:package`: every function as it is deployed, but for this machine's processor. Needs the package registry. */
export default defineConfig({
  test: {
    include: ['test/**/*.package.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 600_000,
    pool: 'forks',
    maxWorkers: 1,
  },
});
