import { defineConfig } from 'vitest/config';

/** `npm run test:trino`: the SQL on a real Trino, the engine inside Athena. Needs Java and Maven. */
export default defineConfig({
  test: {
    include: ['test/**/*.trino.test.ts'],
    globalSetup: ['test/trino/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 600_000,
    pool: 'forks',
    // One server on few cores: suites side by side would only wait for each other.
    maxWorkers: 1,
    fileParallelism: false,
  },
});
