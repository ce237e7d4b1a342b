import { beforeEach, describe, expect, it } from 'vitest';
import { ObjectExistsError, ObjectNotFoundError } from '../../lambdas/domain/errors.ts';
import type { Lake, ObjectInfo } from '../../lambdas/ports/lake.ts';
import { bytesOf, keysOf, type LakeHarness, textOf } from './lake-harness.ts';

const oddKeys = [
  'landing/sales/with space and  two.csv',
  'landing/sales/#hash.csv',
  'landing/sales/100%.csv',
  'landing/sales/%20.csv',
  'landing/sales/plus+and&amp;.csv',
  'landing/sales/quote\'and".csv',
  'landing/sales/*?[x].csv',
  'landing/sales/-rf',
  'landing/sales/.hidden',
  'landing/sales/...',
  'landing/sales/month=2025-06/part-0.parquet',
  'landing/sales/smörgås.csv',
  'landing/sales/売上😀.csv',
  `landing/sales/${'x'.repeat(255)}`,
  `landing/${`${'y'.repeat(200)}/`.repeat(5)}end`,
];

/** What is written, and what of it is seen. */
export function describeWriting(current: () => LakeHarness): void {
  let harness: LakeHarness;
  let lake: Lake;

  beforeEach(() => {
    harness = current();
    lake = harness.lake;
  });

  describe('writing and reading', () => {
    it('gives back what was written', async () => {
      await lake.write('bronze/a.json', '{"a": "ä"}');
      expect(await textOf(lake, 'bronze/a.json')).toBe('{"a": "ä"}');
    });

    it('gives what stands behind an offset', async () => {
      await lake.write('bronze/a.json', '0123456789');
      const chunks = await Array.fromAsync(lake.read('bronze/a.json', 7));
      expect(Buffer.concat(chunks).toString()).toBe('789');
    });

    it('keeps an empty object', async () => {
      const written = await lake.write('landing/empty.csv', '');
      expect(written.bytes).toBe(0);
      expect(await bytesOf(lake, 'landing/empty.csv')).toHaveLength(0);
      expect((await lake.head('landing/empty.csv'))?.bytes).toBe(0);
    });

    it('keeps five megabytes of any bytes', async () => {
      const body = Buffer.alloc(
        5_000_000,
        Uint8Array.from({ length: 251 }, (_, index) => index),
      );
      await lake.write('landing/large.bin', body);
      expect((await bytesOf(lake, 'landing/large.bin')).equals(body)).toBe(true);
      expect((await lake.head('landing/large.bin'))?.bytes).toBe(5_000_000);
    });

    it('replaces content as a whole', async () => {
      await lake.write('landing/a', 'a long first text');
      await lake.write('landing/a', 'short');
      expect(await textOf(lake, 'landing/a')).toBe('short');
    });

    it('does not share memory with the writer', async () => {
      const body = Buffer.from('before');
      await lake.write('landing/a', body);
      body.fill('x');
      expect(await textOf(lake, 'landing/a')).toBe('before');
    });

    it.each(oddKeys)('takes the key %j', async (key) => {
      await lake.write(key, key);
      expect(await textOf(lake, key)).toBe(key);
      expect(await keysOf(lake, 'landing/')).toEqual([key]);
      await lake.remove([key]);
      expect(await lake.head(key)).toBeNull();
    });

    it('tells composed and decomposed letters apart', async () => {
      if (harness.foldsUnicode === true) return;
      await lake.write('landing/caf\u00e9', 'composed');
      await lake.write('landing/cafe\u0301', 'decomposed');
      expect(await textOf(lake, 'landing/caf\u00e9')).toBe('composed');
      expect(await textOf(lake, 'landing/cafe\u0301')).toBe('decomposed');
      expect(await keysOf(lake, '')).toEqual(['landing/cafe\u0301', 'landing/caf\u00e9']);
    });

    it('says that a missing object is missing', async () => {
      await expect(textOf(lake, 'landing/none')).rejects.toThrow(ObjectNotFoundError);
      expect(await lake.head('landing/none')).toBeNull();
    });

    it('has no object where others only share the prefix', async () => {
      await lake.write('landing/sales/a.csv', 'a');
      expect(await lake.head('landing/sales')).toBeNull();
      await expect(textOf(lake, 'landing/sales')).rejects.toThrow(ObjectNotFoundError);
    });
  });

  describe('information', () => {
    it('is the same from write, head and list', async () => {
      const written = await lake.write('landing/a.csv', 'abc');
      expect(written).toMatchObject({ key: 'landing/a.csv', bytes: 3 });
      expect(written.modifiedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
      const same = ({ key, bytes, version }: ObjectInfo) => ({ key, bytes, version });
      expect(await lake.head('landing/a.csv')).toMatchObject(same(written));
      expect((await Array.fromAsync(lake.list('landing/')))[0]).toMatchObject(same(written));
    });

    it('has a new version when equally long content is written', async () => {
      const versions = new Set<string>();
      for (let write = 0; write < 20; write += 1)
        versions.add((await lake.write('landing/a', `${write % 10}`)).version);
      expect(versions.size).toBe(harness.versionsFollowContent === true ? 10 : 20);
      expect([...versions].at(-1)).toBe((await lake.head('landing/a'))?.version);
    });
  });

  describe('create-only writing', () => {
    it('creates an object that is new', async () => {
      await lake.write('catalog/a.json', 'first', { createOnly: true });
      expect(await textOf(lake, 'catalog/a.json')).toBe('first');
    });

    it('leaves an existing object alone', async () => {
      const before = await lake.write('catalog/a.json', 'first');
      await expect(lake.write('catalog/a.json', 'second', { createOnly: true })).rejects.toThrow(ObjectExistsError);
      expect(await textOf(lake, 'catalog/a.json')).toBe('first');
      expect((await lake.head('catalog/a.json'))?.version).toBe(before.version);
    });

    it('has exactly one winner among many writers', async () => {
      const writers = Array.from({ length: 20 }, (_, index) => index);
      const results = await Promise.allSettled(
        writers.map((index) => lake.write('catalog/race.json', `writer ${index}`, { createOnly: true })),
      );
      const winners = writers.filter((index) => results[index]?.status === 'fulfilled');
      const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      expect(winners).toHaveLength(1);
      expect(errors.every((error) => error instanceof ObjectExistsError)).toBe(true);
      expect(await textOf(lake, 'catalog/race.json')).toBe(`writer ${winners[0]}`);
    });

    it('works again after the object was removed', async () => {
      await lake.write('catalog/a.json', 'first', { createOnly: true });
      await lake.remove(['catalog/a.json']);
      await lake.write('catalog/a.json', 'second', { createOnly: true });
      expect(await textOf(lake, 'catalog/a.json')).toBe('second');
    });
  });

  describe('atomicity', () => {
    it('never shows half of a write to a reader', async () => {
      const sizes = [0, 1, 300_000, 700_000];
      await lake.write('landing/a', '');
      let isDone = false;
      const writing = (async () => {
        for (let round = 0; round < 24; round += 1) {
          await lake.write('landing/a', `${round % 10}`.repeat(sizes[round % sizes.length] ?? 0));
        }
        isDone = true;
      })();
      while (!isDone) {
        const text = await textOf(lake, 'landing/a');
        expect(sizes).toContain(text.length);
        expect(new Set(text).size).toBeLessThanOrEqual(1);
      }
      await writing;
    });
  });
}
