import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CorruptStateError } from '../../lambdas/domain/errors.ts';
import type { FileRecord } from '../../lambdas/domain/file-record.ts';
import type { Files } from '../../lambdas/ports/files.ts';
import { sampleFile } from './sample-file.ts';

export interface FilesHarness {
  readonly files: Files;
  dispose(): Promise<void>;
}

const ids = (files: readonly FileRecord[]) => files.map(({ id }) => id);

export function describeFilesContract(name: string, create: () => Promise<FilesHarness>): void {
  describe(`${name} as files`, () => {
    let harness: FilesHarness;
    let files: Files;

    beforeEach(async () => {
      harness = await create();
      files = harness.files;
    });

    afterEach(() => harness.dispose());

    it('gives back every field', async () => {
      const file = sampleFile('f-1', {
        key: "landing/sales/Müller's 100% 😀.csv",
        status: 'REJECTED',
        runId: 'run-1',
        verdict: 'rejected',
        sha256: 'a'.repeat(64),
        bytes: 2 ** 40,
        counts: { read: 10, loaded: 7, quarantined: 2, duplicateSuspects: 1, dropped: 1 },
        reasons: [
          { code: 'FIELD_COUNT', message: 'line 3 has 4 fields,\nexpected 5', line: 3 },
          { code: 'RANGE(price)', message: 'a price below 0', rows: 2 },
        ],
        duplicateOf: 'landing/sales/first.csv',
        archivedTo: 'rejected/sales/run-1/x.csv',
      });
      expect(await files.register([file])).toBe(1);
      expect(await files.get(['f-1'])).toEqual([file]);
    });

    it('keeps keys that are not even text', async () => {
      const keys = ['landing/half\ud800', 'landing/half\udce9', 'landing/nul\0.csv', ''];
      await files.register(keys.map((key, index) => sampleFile(`f-${index}`, { key })));
      const found = await files.get(['f-0', 'f-1', 'f-2', 'f-3']);
      expect(found.map(({ key }) => key)).toEqual(keys);
    });

    describe('registering', () => {
      it('counts and adds only what is new', async () => {
        await files.register([sampleFile('f-1')]);
        const known = sampleFile('f-1', { status: 'PROCESSED' });
        expect(await files.register([known, sampleFile('f-2'), sampleFile('f-3')])).toBe(2);
        expect(await files.register([known, sampleFile('f-2')])).toBe(0);
        expect(await files.register([])).toBe(0);
        expect(await files.get(['f-1'])).toEqual([sampleFile('f-1')]);
      });

      it('takes an id once within a call', async () => {
        const second = sampleFile('f-1', { bytes: 99 });
        expect(await files.register([sampleFile('f-1'), second])).toBe(1);
        expect((await files.get(['f-1']))[0]?.bytes).toBe(12);
      });

      it('counts each file once for two at a time', async () => {
        const batch = Array.from({ length: 50 }, (_, index) => sampleFile(`f-${index}`));
        const counts = await Promise.all([files.register(batch), files.register(batch)]);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(50);
      });
    });

    describe('updating', () => {
      it('replaces records as a whole', async () => {
        await files.register([sampleFile('f-1', { runId: 'run-1' }), sampleFile('f-2')]);
        const changed = sampleFile('f-1', { status: 'COLLECTED', sha256: 'abc' });
        await files.update([changed]);
        expect(await files.get(['f-1', 'f-2'])).toEqual([changed, sampleFile('f-2')]);
      });

      it('changes nothing when one id is unknown', async () => {
        await files.register([sampleFile('f-1'), sampleFile('f-2')]);
        const change = { status: 'COLLECTED' } as const;
        await expect(
          files.update([sampleFile('f-1', change), sampleFile('f-9', change), sampleFile('f-2', change)]),
        ).rejects.toThrow(CorruptStateError);
        expect(await files.withStatus(['RECEIVED'])).toHaveLength(2);
        await files.update([]);
      });
    });

    it('gets files in the order asked', async () => {
      await files.register(['f-1', 'f-2', 'f-3'].map((id) => sampleFile(id)));
      expect(ids(await files.get(['f-3', 'unknown', 'f-1']))).toEqual(['f-3', 'f-1']);
      expect(await files.get([])).toEqual([]);
    });

    it('selects by status in the order of keys', async () => {
      await files.register([
        sampleFile('f-1', { key: 'landing/b', status: 'RECEIVED' }),
        sampleFile('f-2', { key: 'landing/\u{1f600}', status: 'COLLECTED' }),
        sampleFile('f-3', { key: 'landing/\uffee', status: 'RECEIVED' }),
        sampleFile('f-4', { key: 'landing/a', status: 'PROCESSED' }),
        sampleFile('f-5', { key: 'landing/B', status: 'RECEIVED' }),
      ]);
      expect(ids(await files.withStatus(['RECEIVED', 'COLLECTED']))).toEqual(['f-5', 'f-1', 'f-3', 'f-2']);
      expect(ids(await files.withStatus(['PROCESSED']))).toEqual(['f-4']);
      expect(await files.withStatus(['DUPLICATE'])).toEqual([]);
      expect(await files.withStatus([])).toEqual([]);
    });

    it('finds processed content and nothing else', async () => {
      await files.register([
        sampleFile('f-1', { status: 'PROCESSED', sha256: 'aa' }),
        sampleFile('f-2', { status: 'REJECTED', sha256: 'bb' }),
        sampleFile('f-3', { status: 'DUPLICATE', sha256: 'aa' }),
        sampleFile('f-4', { status: 'PROCESSED', sha256: 'cc', receivedAt: '2025-06-02T00:00:00Z' }),
        sampleFile('f-5', { status: 'PROCESSED', sha256: 'cc', receivedAt: '2025-06-01T00:00:00Z' }),
      ]);
      const found = await files.processedWithContent('sales', ['aa', 'bb', 'cc', 'dd', 'aa']);
      expect([...found].map(([hash, file]) => `${hash} ${file.id}`).sort()).toEqual(['aa f-1', 'cc f-5']);
      expect((await files.processedWithContent('sales', [])).size).toBe(0);
      await files.update([sampleFile('f-2', { status: 'PROCESSED', sha256: 'bb' })]);
      expect((await files.processedWithContent('sales', ['bb'])).get('bb')?.id).toBe('f-2');
    });

    it('finds the newest first, by text in the key', async () => {
      await files.register([
        sampleFile('f-1', { key: 'landing/sales/100%.csv', receivedAt: '2025-06-01T00:00:00Z' }),
        sampleFile('f-2', { key: 'landing/sales/b.csv', receivedAt: '2025-06-03T00:00:00Z' }),
        sampleFile('f-3', { key: 'landing/sales/a.csv', receivedAt: '2025-06-03T00:00:00Z' }),
        sampleFile('f-4', { key: 'landing/Stores/c_d.csv', receivedAt: '2025-06-02T00:00:00Z' }),
      ]);
      expect(ids(await files.find({ limit: 10 }))).toEqual(['f-3', 'f-2', 'f-4', 'f-1']);
      expect(ids(await files.find({ limit: 2, text: undefined }))).toEqual(['f-3', 'f-2']);
      expect(ids(await files.find({ text: 'sales', limit: 2 }))).toEqual(['f-3', 'f-2']);
      expect(ids(await files.find({ text: '%', limit: 10 }))).toEqual(['f-1']);
      expect(ids(await files.find({ text: '_', limit: 10 }))).toEqual(['f-4']);
      expect(ids(await files.find({ text: "'; drop table files; --", limit: 10 }))).toEqual([]);
      expect(await files.find({ limit: 0 })).toEqual([]);
    });

    it('does not share memory with its caller', async () => {
      const reasons = [{ code: 'EMPTY_FILE', message: 'before' }];
      await files.register([sampleFile('f-1', { reasons })]);
      reasons.push({ code: 'EMPTY_FILE', message: 'after' });
      expect((await files.get(['f-1']))[0]?.reasons).toHaveLength(1);
    });
  });
}
