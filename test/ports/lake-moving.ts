import { beforeEach, describe, expect, it } from 'vitest';
import { ObjectNotFoundError, UnsafeKeyError } from '../../lambdas/domain/errors.ts';
import type { Lake } from '../../lambdas/ports/lake.ts';
import { keysOf, type LakeHarness, textOf } from './lake-harness.ts';

/** Moving and removing. */
export function describeMoving(current: () => LakeHarness): void {
  let lake: Lake;

  beforeEach(() => {
    lake = current().lake;
  });

  describe('moving', () => {
    it('keeps content and empties the old key', async () => {
      await lake.write('landing/sales/a.csv', 'a');
      await lake.move('landing/sales/a.csv', 'archive/sales/run-1/a.csv');
      expect(await keysOf(lake, '')).toEqual(['archive/sales/run-1/a.csv']);
      expect(await textOf(lake, 'archive/sales/run-1/a.csv')).toBe('a');
    });

    it('succeeds when it was done already', async () => {
      await lake.write('landing/a', 'a');
      await lake.move('landing/a', 'archive/a');
      await lake.move('landing/a', 'archive/a');
      expect(await textOf(lake, 'archive/a')).toBe('a');
    });

    it('replaces an object at the target', async () => {
      await lake.write('landing/a', 'new');
      await lake.write('archive/a', 'old');
      await lake.move('landing/a', 'archive/a');
      expect(await textOf(lake, 'archive/a')).toBe('new');
      expect(await lake.head('landing/a')).toBeNull();
    });

    it('leaves an object moved onto itself', async () => {
      await lake.write('landing/a', 'a');
      await lake.move('landing/a', 'landing/a');
      expect(await textOf(lake, 'landing/a')).toBe('a');
    });

    it('fails when neither object exists', async () => {
      await expect(lake.move('landing/none', 'archive/none')).rejects.toThrow(ObjectNotFoundError);
      await expect(lake.move('landing/none', 'landing/none')).rejects.toThrow(ObjectNotFoundError);
    });

    it('has one result when two do it at once', async () => {
      await lake.write('landing/a', 'a');
      await Promise.all([lake.move('landing/a', 'archive/a'), lake.move('landing/a', 'archive/a')]);
      expect(await keysOf(lake, '')).toEqual(['archive/a']);
    });
  });

  describe('removing', () => {
    it('removes what is there and ignores the rest', async () => {
      for (const key of ['gold/a/1', 'gold/a/2', 'gold/b/1']) await lake.write(key, '');
      await lake.remove(['gold/a/1', 'gold/none/1', 'gold/a/1', 'gold/a']);
      await lake.remove([]);
      expect(await keysOf(lake, '')).toEqual(['gold/a/2', 'gold/b/1']);
    });

    it('removes nothing when one key is unsafe', async () => {
      await lake.write('gold/a', '');
      await expect(lake.remove(['gold/a', '../x'])).rejects.toThrow(UnsafeKeyError);
      expect(await keysOf(lake, '')).toEqual(['gold/a']);
    });

    it('does not disturb writers of neighbours', async () => {
      // A store with folders may make and remove the same one all the time.
      const churn = async (key: string) => {
        for (let round = 0; round < 25; round += 1) {
          await lake.write(key, `${round}`, { createOnly: true });
          await lake.remove([key]);
        }
        await lake.write(key, 'kept');
      };
      const keys = Array.from({ length: 8 }, (_, index) => `gold/t/run=1/attempt/x-${index}`);
      await Promise.all(keys.map(churn));
      expect(await keysOf(lake, 'gold/')).toEqual(keys);
    });
  });
}
