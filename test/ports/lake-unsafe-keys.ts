import { beforeEach, describe, expect, it } from 'vitest';
import { ObjectNotFoundError, UnsafeKeyError } from '../../lambdas/domain/errors.ts';
import type { Lake } from '../../lambdas/ports/lake.ts';
import { keysOf, type LakeHarness, textOf } from './lake-harness.ts';

const unsafeKeys = [
  '',
  '..',
  '../outside',
  'landing/../../outside',
  'landing/./file',
  'landing/%2e%2e/file',
  'landing/%2E%2e%2foutside',
  'landing/..%5coutside',
  'landing/a\0b',
  'landing/a\nb',
  'landing//file',
  '/landing/file',
  'landing/file/',
  'landing\\file',
  `landing/${'x'.repeat(256)}`,
  `landing/${'part/'.repeat(210)}x`,
  'landing/half\ud800surrogate',
];

/** Keys that no store should accept, and that producers use all the same. */
export function describeUnsafeKeys(current: () => LakeHarness): void {
  let harness: LakeHarness;
  let lake: Lake;

  beforeEach(() => {
    harness = current();
    lake = harness.lake;
  });

  describe('unsafe keys', () => {
    it.each(unsafeKeys)('refuses to write, move to or remove %j', async (key) => {
      await lake.write('landing/safe', 'safe');
      await expect(lake.write(key, 'x')).rejects.toThrow(UnsafeKeyError);
      await expect(lake.write(key, 'x', { createOnly: true })).rejects.toThrow(UnsafeKeyError);
      await expect(lake.move('landing/safe', key)).rejects.toThrow(UnsafeKeyError);
      await expect(lake.remove(['landing/safe', key])).rejects.toThrow(UnsafeKeyError);
      expect(await keysOf(lake, '')).toEqual(['landing/safe']);
    });

    it.each(unsafeKeys)('finds no object at %j', async (key) => {
      expect(await lake.head(key)).toBeNull();
      await expect(textOf(lake, key)).rejects.toThrow(ObjectNotFoundError);
      await expect(lake.move(key, 'landing/target')).rejects.toThrow(ObjectNotFoundError);
    });

    it.each(unsafeKeys)('lets an object planted at %j be listed, read and moved away', async (key) => {
      if (!(await harness.plant(key, 'planted'))) return;
      expect(await keysOf(lake, '')).toEqual([key]);
      expect((await lake.head(key))?.bytes).toBe(7);
      expect(await textOf(lake, key)).toBe('planted');
      await lake.move(key, 'rejected/safe-name');
      expect(await keysOf(lake, '')).toEqual(['rejected/safe-name']);
      expect(await textOf(lake, 'rejected/safe-name')).toBe('planted');
    });
  });
}
