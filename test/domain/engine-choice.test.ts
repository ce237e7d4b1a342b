import fc from 'fast-check';
import { expect, it } from 'vitest';
import { failsAgain, fitsDuckDb, isHarmless } from '../../lambdas/domain/engine-choice.ts';

const gigabyte = 1_073_741_824;
const machine = { memory: 4 * gigabyte, disk: 4 * gigabyte };

it.each([
  [0.1, true],
  // 8 times as much in memory is 4.8: 2.4 of memory and 2.2 of disk do not hold it.
  [0.6, false],
  [3, false],
])('%d GB of Parquet on a machine of 4 GB: DuckDB is %s', (gigabytes, fits) => {
  expect(fitsDuckDb(gigabytes * gigabyte, machine)).toBe(fits);
});

const sizes = fc.integer({ min: 0, max: 100_000 });

it('what fits also fits with less to read, and on a larger machine', () => {
  fc.assert(
    fc.property(sizes, sizes, sizes, sizes, (bytes, less, memory, disk) => {
      if (!fitsDuckDb(bytes, { memory, disk })) return;
      expect(fitsDuckDb(Math.min(bytes, less), { memory, disk })).toBe(true);
      expect(fitsDuckDb(bytes, { memory: memory + less, disk: disk + less })).toBe(true);
    }),
  );
});

it('a failure is expected again from four fifths of its input on', () => {
  expect([failsAgain(79, '100'), failsAgain(80, '100'), failsAgain(500, '100')]).toEqual([false, true, true]);
  expect([isHarmless(0.05 * gigabyte, machine), isHarmless(0.06 * gigabyte, machine)]).toEqual([true, false]);
});
