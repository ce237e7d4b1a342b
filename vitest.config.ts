import { defineConfig } from 'vitest/config';

/** `npm test`; what takes a minute by itself is a `.long.test.ts` and run by `npm run test:long`. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/**/*.long.test.ts',
      'test/**/*.package.test.ts',
      'test/**/*.aws.test.ts',
      'test/**/*.trino.test.ts',
      'test/**/*.browser.test.ts',
    ],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    maxWorkers: 2,
    // No module of this project keeps state, so that test files may share what they import; a fifth of the time.
    isolate: false,
  },
});
