import { beforeEach, describe, expect, it } from 'vitest';
import type { Lake } from '../../lambdas/ports/lake.ts';
import { byBytes, keysOf, type LakeHarness } from './lake-harness.ts';

/** What a prefix finds, and in which order. */
export function describeListing(current: () => LakeHarness): void {
  let lake: Lake;

  beforeEach(() => {
    lake = current().lake;
  });

  describe('listing', () => {
    it('is empty for an empty lake', async () => {
      expect(await keysOf(lake, '')).toEqual([]);
      expect(await keysOf(lake, 'landing/')).toEqual([]);
    });

    it('sorts keys by their bytes', async () => {
      const keys = [
        'a',
        'a!b',
        'a-c/d',
        'a.b',
        'aa',
        'b/c/d',
        'b/c-e',
        'b/c.f',
        'b/cc',
        'Z',
        'é',
        '\uffee',
        '\u{1f600}',
      ];
      for (const key of keys) await lake.write(`landing/${key}x`, '');
      await lake.write('landing/b/c', '').catch(() => undefined);
      const listed = await keysOf(lake, 'landing/');
      expect(listed.length).toBeGreaterThanOrEqual(keys.length);
      expect(listed).toEqual(listed.toSorted(byBytes));
    });

    it('takes a prefix that ends inside a name', async () => {
      for (const key of ['landing/sales/1.csv', 'landing/sales/2.csv', 'landing/sand.csv', 'landing/stores/1.csv']) {
        await lake.write(key, '');
      }
      expect(await keysOf(lake, 'landing/sa')).toEqual([
        'landing/sales/1.csv',
        'landing/sales/2.csv',
        'landing/sand.csv',
      ]);
      expect(await keysOf(lake, 'landing/sales/1')).toEqual(['landing/sales/1.csv']);
      expect(await keysOf(lake, 'landing/sales/1.csv')).toEqual(['landing/sales/1.csv']);
      expect(await keysOf(lake, 'landing/sales')).toEqual(['landing/sales/1.csv', 'landing/sales/2.csv']);
      expect(await keysOf(lake, 'landing/sales/1.csv/')).toEqual([]);
      expect(await keysOf(lake, 'l')).toHaveLength(4);
      expect(await keysOf(lake, 'x')).toEqual([]);
    });

    it('finds nothing under prefixes that lead out', async () => {
      await lake.write('landing/a', '');
      for (const prefix of ['../', '/', 'landing/../', 'landing//', './', 'landing/./', '..', 'landing/\0']) {
        expect(await keysOf(lake, prefix)).toEqual([]);
      }
    });

    it('lists two hundred objects once each', async () => {
      const keys = Array.from(
        { length: 200 },
        (_, index) => `landing/day=${index % 7}/file-${String(index).padStart(3, '0')}`,
      );
      await Promise.all(keys.map((key) => lake.write(key, key)));
      expect(await keysOf(lake, 'landing/')).toEqual(keys.toSorted(byBytes));
    });

    it('can be left early', async () => {
      for (const key of ['a/1', 'a/2', 'a/3']) await lake.write(key, '');
      for await (const { key } of lake.list('a/')) {
        expect(key).toBe('a/1');
        break;
      }
    });
  });
}
