import { expect, it } from 'vitest';
import { simulatedQuality } from './linking-quality.ts';

it('The planted companies of 200,000 accounts are found, and no cluster has unlike names', () => {
  const quality = simulatedQuality(10);
  expect(quality.planted).toBeGreaterThan(4_000);
  expect(quality.precision).toBeGreaterThanOrEqual(0.98);
  expect(quality.recall).toBeGreaterThanOrEqual(0.9);
  expect(quality.largestCluster).toBeLessThanOrEqual(3);
  expect(quality.wrong).toEqual([]);
});
