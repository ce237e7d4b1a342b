import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ObjectExistsError, ObjectNotFoundError, UnsafeKeyError } from '../../lambdas/domain/errors.ts';
import type { Lake, ObjectInfo } from '../../lambdas/ports/lake.ts';
import { type LakeOperation, lakeOperations, LakeModel } from './lake-model.ts';

export interface LakeHarness {
  readonly lake: Lake;
  /** Puts an object there as a producer would, past the port; false when the store cannot hold such a key. */
  plant(key: string, body: string): Promise<boolean>;
  /** True where keys that differ only in their Unicode form are one name, as on a Mac's file system. */
  readonly foldsUnicode?: boolean;
  dispose(): Promise<void>;
}

export const unsafeKeys = [
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

export async function textOf(lake: Lake, key: string): Promise<string> {
  return (await bytesOf(lake, key)).toString('utf8');
}

async function bytesOf(lake: Lake, key: string): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(lake.read(key)));
}

async function keysOf(lake: Lake, prefix: string): Promise<string[]> {
  return (await Array.fromAsync(lake.list(prefix))).map(({ key }) => key);
}

function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

export function describeLakeContract(name: string, create: () => Promise<LakeHarness>): void {
  describe(`${name} as a lake`, () => {
    let harness: LakeHarness;
    let lake: Lake;

    beforeEach(async () => {
      harness = await create();
      lake = harness.lake;
    });

    afterEach(() => harness.dispose());

    describe('writing and reading', () => {
      it('gives back what was written', async () => {
        await lake.write('bronze/a.json', '{"a": "ä"}');
        expect(await textOf(lake, 'bronze/a.json')).toBe('{"a": "ä"}');
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
        expect(versions.size).toBe(20);
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
        const rounds = Array.from({ length: 30 }, (_, round) => round);
        const churn = rounds.map(async (round) => {
          await lake.write('gold/t/run=1/a', `${round}`);
          await lake.remove(['gold/t/run=1/a']);
        });
        const writes = rounds.map((round) => lake.write(`gold/t/run=1/kept-${round}`, `${round}`));
        await Promise.all([...churn, ...writes]);
        expect(await keysOf(lake, 'gold/t/run=1/kept-')).toHaveLength(30);
      });
    });

    it('behaves like a map', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(lakeOperations, { maxLength: 25 }), async (operations: LakeOperation[]) => {
          run += 1;
          const model = new LakeModel(lake, `model/run-${run}/`);
          for (const operation of operations) await model.apply(operation);
          await model.compare();
        }),
        { numRuns: 60 },
      );
    });
  });
}
