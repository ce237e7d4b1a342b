import { mkdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileRecord } from '../../lambdas/domain/file-record.ts';
import { expectAccountedFor } from './accounting.ts';
import { type DropHome, noteContract, openDropHome } from './drop-home.ts';

const composed = 'caf\u00e9';
const decomposed = 'cafe\u0301';

/** What people and their tools call files, below `landing/`. */
const fine = [
  'note/plain.csv',
  'note/ with spaces .csv',
  `note/it's "quoted".csv`,
  'note/a;b|c&d$(e)`f`<g>#h!.csv',
  'note/*.csv',
  'note/[a-z]?{1,2}.csv',
  'note/%41%2f.csv',
  'note/...csv',
  'note/-rf.csv',
  'note/.hidden.csv',
  'note/--.csv',
  'note/id=5/text=6/month=2025-01/x.csv',
  'note/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/x.csv',
  'note/~0123456789abcdef0123456789abcdef/x.csv',
  'note/.reasons.json/x.csv',
  'note/\u{1F600}\u200d\u{1F3FD}.csv',
  'note/\u202efdp.csv',
  `note/${composed}.csv`,
  `note/${decomposed}.csv`,
  `note/${'n'.repeat(251)}.csv`,
  `note/${'é'.repeat(125)}x.csv`,
  `accented/${composed}-1.csv`,
  `accented/${decomposed}-2.csv`,
];
const refused: readonly [name: string, code: string][] = [
  ['note/%2e%2e', 'UNSAFE_KEY'],
  ['note/%2E%2e%2fx.csv', 'UNSAFE_KEY'],
  ['note/..%5Cx.csv', 'UNSAFE_KEY'],
  ['note/back\\slash.csv', 'UNSAFE_KEY'],
  ['note/a\nb.csv', 'UNSAFE_KEY'],
  ['note/a\tb.csv', 'UNSAFE_KEY'],
  ['note/a\u001bb.csv', 'UNSAFE_KEY'],
  ['note/a\u007fb.csv', 'UNSAFE_KEY'],
  [`note/${`${'long'.repeat(50)}/`.repeat(6)}x.csv`, 'UNSAFE_KEY'],
  ['note/a_b.txt', 'WRONG_NAME'],
  ['note/NOTE.CSV', 'WRONG_NAME'],
  ['note/x.csv.part', 'WRONG_NAME'],
  ['note/x.csv.reasons.json', 'WRONG_NAME'],
  ['note/x.csv.zip', 'WRONG_NAME'],
  [`accented/cafe-3.csv`, 'WRONG_NAME'],
  ['loose.csv', 'UNKNOWN_DATASET'],
  ['unknown/x.csv', 'UNKNOWN_DATASET'],
  ['NOTE/x.csv', 'UNKNOWN_DATASET'],
];

let home: DropHome;
let ledger: Map<string, FileRecord[]>;
let landing: string;

beforeAll(async () => {
  home = await openDropHome([
    noteContract('note', { pattern: '*.csv' }),
    noteContract('accented', { pattern: `${composed}*.csv` }),
  ]);
  const names = [...fine, ...refused.map(([name]) => name)];
  for (const [index, name] of names.entries()) await home.drop(name, `id,text\n${index},x\n`);
  landing = join(home.pipeline.rawFolder, 'landing');
  await mkdir(join(home.pipeline.home, 'private'));
  await writeFile(join(home.pipeline.home, 'private', 'secret.csv'), 'id,text\n1,secret\n');
  await symlink(join(home.pipeline.home, 'private', 'secret.csv'), join(landing, 'note', 'link.csv'));
  await symlink(join(home.pipeline.home, 'private'), join(landing, 'note', 'folder'));
  await symlink('nowhere', join(landing, 'note', 'dangling.csv'));
  await home.pipeline.run();
  ledger = await home.ledger();
});

afterAll(() => home.close());

describe('a file name', () => {
  it.each(fine)('%j is taken', (name) => {
    expect(ledger.get(name)?.[0]?.status).toBe('PROCESSED');
  });

  it.each(refused)('%j is refused: %s', (name, code) => {
    expect(ledger.get(name)?.[0]).toMatchObject({ status: 'REJECTED', reasons: [{ code }] });
  });

  it('reaches the rows of its file unchanged', async () => {
    const rows = await home.pipeline.rows(
      'select _source_file as key from bronze.note union all select _source_file from bronze.accented',
    );
    expect(rows.map((row) => row.key).toSorted()).toEqual(fine.map((name) => `landing/${name}`).toSorted());
  });

  it('never costs a file', async () => {
    await expectAccountedFor(home);
  });

  it('that is a link leads nowhere', async () => {
    const { rawFolder } = home.pipeline;
    expect(await readlink(join(landing, 'note', 'dangling.csv'))).toBe('nowhere');
    expect(await readFile(join(landing, 'note', 'link.csv'), 'utf8')).toContain('secret');
    expect([...ledger.keys()].filter((name) => /link|folder|dangling/.test(name))).toEqual([]);
    expect(await home.pipeline.rows(`select 1 as one from bronze.note where text = 'secret'`)).toEqual([]);
    expect(await readFile(join(rawFolder, '..', 'private', 'secret.csv'), 'utf8')).toContain('secret');
  });
});
