import { defineConfig } from 'vitest/config';

/** `npm run test:aws`: the adapters of AWS against moto, a server that speaks its protocols. Needs Python. */
export default defineConfig({
  test: {
    include: ['test/**/*.aws.test.ts'],
    globalSetup: ['test/aws/global-setup.ts'],
    testTimeout: 300_000,
    hookTimeout: 180_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
