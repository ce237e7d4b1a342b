import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'vitest';
import type { LakeHarness } from './lake-harness.ts';
import { describeListing } from './lake-listing.ts';
import { LakeModel, type LakeOperation, lakeOperations } from './lake-model.ts';
import { describeMoving } from './lake-moving.ts';
import { describeUnsafeKeys } from './lake-unsafe-keys.ts';
import { describeWriting } from './lake-writing.ts';

export function describeLakeContract(name: string, create: () => Promise<LakeHarness>): void {
  describe(`${name} as a lake`, () => {
    let harness: LakeHarness;
    const current = () => harness;

    beforeEach(async () => {
      harness = await create();
    });

    afterEach(() => harness.dispose());

    describeWriting(current);
    describeListing(current);
    describeUnsafeKeys(current);
    describeMoving(current);

    it('behaves like a map', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(lakeOperations, { maxLength: 25 }), async (operations: LakeOperation[]) => {
          run += 1;
          const model = new LakeModel(harness.lake, `model/run-${run}/`);
          for (const operation of operations) await model.apply(operation);
          await model.compare();
        }),
        { numRuns: 60 },
      );
    });
  });
}
