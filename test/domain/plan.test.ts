import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PendingFile, planBatches } from '../../lambdas/domain/plan.ts';

const file = (id: string, bytes: number, dataset = 'sales'): PendingFile => ({
  id,
  key: `landing/${dataset}/${id}.csv`,
  dataset,
  bytes,
});

const anyFiles = fc.uniqueArray(
  fc.record({
    id: fc.nat({ max: 0xffffff }).map((n) => n.toString(16)),
    bytes: fc.integer({ min: 0, max: 60_000_000 }),
    dataset: fc.constantFrom('sales', 'stores'),
  }),
  { selector: (one) => one.id, maxLength: 120 },
);

describe('planning batches', () => {
  it('puts every file into exactly one batch', () => {
    fc.assert(
      fc.property(anyFiles, (some) => {
        const files = some.map((one) => file(one.id, one.bytes, one.dataset));
        expect(planBatches(files).flat().toSorted()).toEqual(files.map(({ id }) => id).toSorted());
      }),
    );
  });

  it('keeps files that may have the same content together', () => {
    fc.assert(
      fc.property(anyFiles, (some) => {
        const files = some.map((one) => file(one.id, one.bytes % 3, one.dataset));
        const batches = planBatches(files);
        for (const one of files) {
          for (const other of files.filter(({ bytes, dataset }) => bytes === one.bytes && dataset === one.dataset)) {
            expect(batches.find((batch) => batch.includes(one.id))).toContain(other.id);
          }
        }
      }),
    );
  });

  it('does not depend on the order in which files are listed', () => {
    fc.assert(
      fc.property(anyFiles, (some) => {
        const files = some.map((one) => file(one.id, one.bytes, one.dataset));
        expect(planBatches(files.toReversed())).toEqual(planBatches(files));
      }),
    );
  });

  it('limits a batch to 25 files and 32 MiB where sizes differ', () => {
    const many = Array.from({ length: 60 }, (_, index) => file(String(index).padStart(3, '0'), 1_000 + index));
    expect(planBatches(many).map((batch) => batch.length)).toEqual([25, 25, 10]);
    const large = Array.from({ length: 3 }, (_, index) => file(String(index), 20_000_000 + index));
    expect(planBatches(large).map((batch) => batch.length)).toEqual([1, 1, 1]);
  });
});
