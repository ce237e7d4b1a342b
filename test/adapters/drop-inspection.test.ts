import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectDrop } from '../../lambdas/adapters/drop-inspection/inspect-drop.ts';
import { InterruptedError, ObjectNotFoundError } from '../../lambdas/domain/errors.ts';
import type { Lake } from '../../lambdas/ports/lake.ts';
import { salesDataset } from './drop-fixtures.ts';
import { DropSite, readable } from './drop-site.ts';

const utf8Mark = Buffer.from([0xef, 0xbb, 0xbf]);
const csv = 'a,b\n1,2\n3,é\n';
let site: DropSite;

beforeEach(async () => {
  site = await DropSite.make();
});

afterEach(() => site.remove());

describe('inspectDrop', () => {
  it('takes a plain file where it lies', async () => {
    const inspection = await site.drop({ body: csv });
    expect(inspection).toEqual({
      sha256: createHash('sha256').update(csv).digest('hex'),
      reasons: [],
      header: ['a', 'b'],
      records: 2,
      local: { path: site.lake.localPath('landing/sales/sales.csv'), lineShifts: [] },
    });
    expect(await readdir(site.scratch)).toEqual([]);
  });

  it('copies a plain file of a remote bucket', async () => {
    const inspection = await site.drop({ body: Buffer.concat([utf8Mark, Buffer.from(csv)]), remote: true });
    expect(inspection.local?.path.startsWith(site.scratch)).toBe(true);
    expect((await readable(inspection)).toString()).toBe(csv);
  });

  it('leaves a byte order mark in CSV and copies JSON Lines without', async () => {
    const marked = Buffer.concat([utf8Mark, Buffer.from(csv)]);
    expect(await readable(await site.drop({ body: marked }))).toEqual(marked);
    const lines = Buffer.concat([utf8Mark, Buffer.from('{"a":1}\n')]);
    const inspection = await site.drop({ body: lines, name: 's.jsonl', file: { format: 'jsonl' } });
    expect(inspection).toMatchObject({ header: ['a'], records: 1 });
    expect((await readable(inspection)).toString()).toBe('{"a":1}\n');
  });

  it('copies with LF what the engine would misread', async () => {
    const inspection = await site.drop({ body: '\ufeff"é\r\nx",b\r\n1,"\r\n"\n\n3,4\r\n' });
    expect(inspection.header).toEqual(['é\r\nx', 'b']);
    expect(inspection.local?.lineShifts).toEqual([
      { record: 0, shift: 3 },
      { record: 1, shift: 5 },
    ]);
    expect((await readable(inspection)).toString()).toBe('"\nx",b\n1,"\r\n"\n\n3,4\n');
  });

  it('gives a file with a pattern for a name a plain one', async () => {
    await site.drop({ body: csv, name: 'sales_1.csv' });
    const inspection = await site.drop({ body: 'a\n1\n', name: 'sales_*.csv' });
    expect(inspection.local?.path).not.toContain('*');
    expect((await readable(inspection)).toString()).toBe('a\n1\n');
  });

  it('keeps copies of several files apart', async () => {
    const [first, second] = [
      await site.drop({ body: csv, remote: true }),
      await site.drop({ body: 'a\n1\n', remote: true }),
    ];
    expect((await readable(first)).toString()).toBe(csv);
    expect((await readable(second)).toString()).toBe('a\n1\n');
  });
});

describe('inspectDrop rejects by size and content', () => {
  it.each([
    ['no bytes', '', {}],
    ['a byte order mark alone', utf8Mark, {}],
    ['a header alone', 'a,b\n', {}],
    ['nothing in gzip', gzipSync(''), { name: 'sales.csv.gz' }],
    ['no JSON object', '\n\n', { file: { format: 'jsonl' as const } }],
    ['no Parquet byte', '', { file: { format: 'parquet' as const } }],
  ])('as empty: %s', async (_, body, options) => {
    expect(await site.reasonsOf({ body, ...options })).toEqual(['EMPTY_FILE']);
  });

  it('what is too large, without reading on', async () => {
    const inspection = await site.drop({ body: csv, file: { max_bytes: 5 } });
    expect(inspection).toMatchObject({ sha256: null, reasons: [{ code: 'TOO_LARGE' }], local: null });
    expect((await site.drop({ body: csv, file: { max_bytes: csv.length + 1 } })).reasons).toEqual([]);
  });

  it('what grew beyond the limit since it was listed', async () => {
    await site.drop({ body: csv });
    const key = 'landing/sales/sales.csv';
    const deps = { raw: site.lake, scratch: async () => site.scratch, localPath: async () => null };
    const dataset = salesDataset({ max_bytes: 8 });
    const inspection = await inspectDrop({ key, bytes: 4 }, dataset, deps, new AbortController().signal);
    expect(inspection).toMatchObject({ sha256: null, reasons: [{ code: 'TOO_LARGE' }] });
    expect(await readdir(site.scratch)).toEqual([]);
  });

  it.each([
    ['gzip', gzipSync(csv)],
    ['a ZIP archive', Buffer.from('PK\u0003\u0004rest of the archive')],
    ['Parquet', Buffer.from('PAR1\u0015\u0004rest of the file')],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0])],
    ['PDF', Buffer.from('%PDF-1.7\n')],
    ['bzip2', Buffer.from([0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 1])],
  ])('%s as text', async (_, body) => {
    expect(await site.reasonsOf({ body })).toEqual(['WRONG_FORMAT']);
    expect(await site.reasonsOf({ body: gzipSync(body), name: 'sales.csv.gz' })).toEqual(['WRONG_FORMAT']);
  });

  it('text that is named .gz', async () => {
    expect(await site.reasonsOf({ body: csv, name: 'sales.csv.GZ' })).toEqual(['WRONG_FORMAT']);
    expect(await site.reasonsOf({ body: 'x', name: 'sales.csv.gz' })).toEqual(['WRONG_FORMAT']);
  });

  it('but takes a column named PAR1', async () => {
    expect((await site.drop({ body: 'PAR1,b\n1,2\n' })).reasons).toEqual([]);
  });

  it('broken structure, with lines', async () => {
    expect(await site.reasonsOf({ body: 'a,b\n1,2\n3\n5" x,6\n' })).toEqual(['FIELD_COUNT 3', 'BROKEN_QUOTING 4']);
    expect(await site.reasonsOf({ body: gzipSync('a,b\n1\n'), name: 's.csv.gz' })).toEqual(['FIELD_COUNT 2']);
    expect(await site.reasonsOf({ body: '{"a":1}\n[]\n', file: { format: 'jsonl' } })).toEqual(['INVALID_JSON 2']);
  });

  it('a large file after ten problems, still hashed whole', async () => {
    const body = `a,b\n${'1\n'.repeat(1_000_000)}`;
    expect(await site.reasonsOf({ body })).toHaveLength(10);
    expect(await site.reasonsOf({ body: gzipSync(body, { level: 0 }), name: 's.csv.gz' })).toHaveLength(10);
  });
});

describe('inspectDrop checks the envelope of Parquet', () => {
  const file = { format: 'parquet' as const };
  const body = Buffer.from('PAR1\u0015 pages, footer, length PAR1');

  it('and leaves header and records to the footer', async () => {
    const inspection = await site.drop({ body, file, name: 'sales.parquet' });
    const path = site.lake.localPath('landing/sales/sales.parquet');
    expect(inspection).toMatchObject({ reasons: [], header: [], records: 0, local: { path, lineShifts: [] } });
  });

  it('and copies it from a remote bucket', async () => {
    expect(await readable(await site.drop({ body, file, remote: true }))).toEqual(body);
  });

  it('and rejects other and truncated files', async () => {
    expect(await site.reasonsOf({ body: csv, file, remote: true })).toEqual(['WRONG_FORMAT']);
    expect(await site.reasonsOf({ body: body.subarray(0, -1), file, remote: true })).toEqual(['CORRUPT_PARQUET']);
    expect(await site.reasonsOf({ body: 'PAR1PAR1', file })).toEqual(['CORRUPT_PARQUET']);
  });
});

describe('inspectDrop throws only', () => {
  it('when the object has gone', async () => {
    await site.drop({ body: csv });
    await rm(site.lake.localPath('landing/sales/sales.csv'));
    const deps = { raw: site.lake, scratch: async () => site.scratch, localPath: async () => null };
    const call = inspectDrop(
      { key: 'landing/sales/sales.csv', bytes: 9 },
      salesDataset(),
      deps,
      new AbortController().signal,
    );
    await expect(call).rejects.toThrow(ObjectNotFoundError);
    expect(await readdir(site.scratch)).toEqual([]);
  });

  it('when it is stopped', async () => {
    const stop = new AbortController();
    const raw = { read: () => forever(() => stop.abort()) } as unknown as Lake;
    const deps = { raw, scratch: async () => site.scratch, localPath: async () => null };
    const call = inspectDrop({ key: 'landing/sales/sales.csv', bytes: 9 }, salesDataset(), deps, stop.signal);
    await expect(call).rejects.toThrow(InterruptedError);
    expect(await readdir(site.scratch)).toEqual([]);
  });
});

async function* forever(afterThree: () => void): AsyncGenerator<Uint8Array> {
  for (let chunk = 0; ; chunk++) {
    if (chunk === 3) afterThree();
    yield Buffer.from('a,b\n');
  }
}
