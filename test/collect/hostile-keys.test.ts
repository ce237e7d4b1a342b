import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileRecord } from '../../lambdas/domain/file-record.ts';
import { keyProblem } from '../../lambdas/domain/object-key.ts';
import { expectAccountedFor } from './accounting.ts';
import { type DropHome, noteContract } from './drop-home.ts';
import { openMemoryHome } from './memory-home.ts';

/** Keys that an object store may have and a folder may not. */
const unsafe = [
  'note/../x.csv',
  '../etc/passwd.csv',
  'note/./x.csv',
  'note//x.csv',
  '/x.csv',
  'note/x.csv/',
  'note/..',
  'note/%2e%2e/x.csv',
  'note/%2E./x.csv',
  'note/..%2fx.csv',
  'note/..%5cx.csv',
  '%2e%2e/x.csv',
  'note\\x.csv',
  'note/..\\x.csv',
  'note/nul\0.csv',
  'note/line\nfeed.csv',
  'note/escape\u001b[31m.csv',
  `note/${'x'.repeat(252)}.csv`,
  keyOfLength(1_025),
];
const misplaced = ['x.csv', 'unknown/x.csv', 'Note/x.csv', 'note /x.csv', 'nöte/x.csv'];
const fine = [
  'note/plain.csv',
  'note/with spaces and+plus.csv',
  'note/%2e%2ex.csv',
  'note/a%2fb.csv',
  'note/...csv',
  'note/..x/..y.csv',
  'note/*[a-z]?{1,2}.csv',
  'note/id=5/text=6/x.csv',
  `note/quote'"\`;--.csv`,
  'note/\u202efdp.csv',
  'note/\u{1F600}/日本.csv',
  keyOfLength(1_024),
];

/** Below `landing/`, in folders of 250 bytes. */
function keyOfLength(bytes: number): string {
  const folders = `note/${`${'d'.repeat(249)}/`.repeat(4)}`;
  return `${folders}${'x'.repeat(bytes - 'landing/.csv'.length - folders.length)}.csv`;
}

let home: DropHome;
let ledger: Map<string, FileRecord[]>;

beforeAll(async () => {
  home = await openMemoryHome([noteContract('note', { pattern: '*.csv' })]);
  for (const [index, name] of [...unsafe, ...misplaced, ...fine].entries())
    await home.drop(name, `id,text\n${index},x\n`);
  await home.pipeline.run();
  ledger = await home.ledger();
});

afterAll(() => home.close());

describe('an object key', () => {
  it.each(unsafe)('%j is refused as unsafe', (name) => {
    const [record] = ledger.get(name) ?? [];
    expect([record?.status, record?.reasons[0]?.code]).toEqual(['REJECTED', 'UNSAFE_KEY']);
  });

  it.each(misplaced)('%j is refused as belonging nowhere', (name) => {
    const [record] = ledger.get(name) ?? [];
    expect([record?.status, record?.reasons[0]?.code]).toEqual(['REJECTED', 'UNKNOWN_DATASET']);
    expect(record?.reasons[0]?.message).toContain(
      'Known: clients, customers, fx_rates, note, orders, products, sales, sales_team, stores.',
    );
  });

  it.each(fine)('%j is taken', async (name) => {
    expect(ledger.get(name)?.[0]?.status).toBe('PROCESSED');
  });

  it('reaches the rows of its file unchanged', async () => {
    const rows = await home.pipeline.rows('select _source_file as key from bronze.note');
    expect(rows.map((row) => row.key).toSorted()).toEqual(fine.map((name) => `landing/${name}`).toSorted());
  });

  it('never leads to an unsafe one', async () => {
    for (const key of (await home.stored()).keys()) expect(keyProblem(key)).toBeNull();
  });

  it('loses no file', async () => {
    await expectAccountedFor(home);
  });
});

describe('an object key that is no text', () => {
  const names = ['note/half\ud83d.csv', 'note/other half\udc80.csv', 'note/half\udc81.csv'];
  let broken: DropHome;

  beforeAll(async () => {
    broken = await openMemoryHome([noteContract('note', { pattern: '*.csv' })]);
    for (const name of [...names, 'note/fine.csv']) await broken.drop(name, `id,text\n${name.length},x\n`);
    await broken.pipeline.run();
  });
  afterAll(() => broken.close());

  it.each(names)('%j is refused as unsafe', async (name) => {
    const [record] = (await broken.ledger()).get(name) ?? [];
    expect([record?.status, record?.reasons[0]?.code]).toEqual(['REJECTED', 'UNSAFE_KEY']);
    const stored = await broken.stored();
    expect(stored.get(record?.archivedTo ?? '')?.toString()).toBe(`id,text\n${name.length},x\n`);
    expect(keyProblem(record?.archivedTo ?? '')).toBeNull();
  });

  it('leaves the file table readable', async () => {
    expect(await broken.pipeline.rows('select count(*) as files from ops.file_status')).toEqual([{ files: '4' }]);
  });
});
