import { mkdir, rename, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileRecord } from '../../lambdas/domain/file-record.ts';
import { expectAccountedFor } from './accounting.ts';
import { type DropHome, noteContract, openDropHome } from './drop-home.ts';

const first = 'id,text\n1,one\n2,two\n';
const other = 'id,text\n3,six\n4,ten\n';
const broken = 'text\none\n';
const tooBad = 'id,text\n,one\n,two\n';

let home: DropHome;
let ledger: Map<string, FileRecord[]>;
const runs: string[] = [];

async function run(): Promise<void> {
  await home.pipeline.run();
  runs.push((await home.pipeline.ports.runs.list(1))[0]?.id ?? '');
  ledger = await home.ledger();
}

/** Puts an original back, as a person would: its time of change stays. */
async function putBack(name: string): Promise<void> {
  const record = (await home.ledger()).get(name)?.at(-1);
  const path = join(home.pipeline.rawFolder, 'landing', name);
  await mkdir(dirname(path), { recursive: true });
  await rename(join(home.pipeline.rawFolder, record?.archivedTo ?? ''), path);
}

beforeAll(async () => {
  home = await openDropHome([noteContract('note')]);
  // Equal sizes, equal contents: in one folder, deeper, packed.
  await home.drop('note/a.csv', first);
  await home.drop('note/b.csv', first);
  await home.drop('note/deeper/a.csv', first);
  await home.drop('note/same-size.csv', other);
  await home.drop('note/a.csv.gz', gzipSync(first));
  await home.drop('note/broken.csv', broken);
  await home.drop('note/broken-copy.csv', broken);
  await home.drop('note/too-bad.csv', tooBad);
  await home.drop('note/too-bad-copy.csv', tooBad);
  await home.drop('note/too-bad-copy-2.csv', tooBad);
  await run();
  await home.drop('note/a.csv', first);
  await home.drop('note/later.csv', first);
  await home.drop('note/b.csv', 'id,text\n9,new content\n');
  await home.drop('note/broken.csv', 'id,text\n10,mended\n');
  await utimes(join(home.pipeline.rawFolder, 'landing/note/later.csv'), 0, 0);
  await run();
});

afterAll(() => home.close());

const told = (name: string) => ledger.get(name)?.map(({ status, duplicateOf }) => [status, duplicateOf]);

describe('the same content', () => {
  it('counts once in a run, for the first name', () => {
    expect(told('note/a.csv')?.[0]).toEqual(['PROCESSED', null]);
    expect(told('note/b.csv')?.[0]).toEqual(['DUPLICATE', 'landing/note/a.csv']);
    expect(told('note/deeper/a.csv')).toEqual([['DUPLICATE', 'landing/note/a.csv']]);
    expect(told('note/same-size.csv')).toEqual([['PROCESSED', null]]);
  });

  it('is told by the bytes of the file, packed or not', () => {
    expect(told('note/a.csv.gz')).toEqual([['PROCESSED', null]]);
  });

  it('counts once over runs, under another name and under its own', () => {
    expect(told('note/later.csv')).toEqual([['DUPLICATE', 'landing/note/a.csv']]);
    expect(told('note/a.csv')?.[1]).toEqual(['DUPLICATE', 'landing/note/a.csv']);
  });

  it('is refused under each of its names where it is bad', () => {
    expect([told('note/broken.csv')?.[0], told('note/broken-copy.csv')?.[0]]).toEqual([
      ['REJECTED', null],
      ['REJECTED', null],
    ]);
    for (const name of ['note/too-bad.csv', 'note/too-bad-copy.csv', 'note/too-bad-copy-2.csv']) {
      expect(ledger.get(name)?.[0], name).toMatchObject({
        status: 'REJECTED',
        duplicateOf: null,
        reasons: [{ code: 'TOO_MANY_BAD_ROWS' }, { code: 'REQUIRED(id)', rows: 2 }],
        counts: { read: 2, loaded: 0, quarantined: 0 },
      });
    }
  });
});

describe('the same name', () => {
  it('may come again with other content', () => {
    expect(told('note/b.csv')?.[1]).toEqual(['PROCESSED', null]);
    expect(told('note/broken.csv')?.[1]).toEqual(['PROCESSED', null]);
  });

  it('is archived once per run', () => {
    const places = ledger.get('note/a.csv')?.map((record) => record.archivedTo);
    expect(places).toEqual(runs.map((runId) => `archive/note/${runId}/a.csv`));
  });
});

describe('everything', () => {
  it('is accounted for', async () => {
    await expectAccountedFor(home);
    const rows = await home.pipeline.rows('select id, _source_file as file from bronze.note order by 1, 2');
    expect(rows.map(({ id, file }) => `${id} ${String(file).replace('landing/note/', '')}`)).toEqual([
      '1 a.csv',
      '1 a.csv.gz',
      '10 broken.csv',
      '2 a.csv',
      '2 a.csv.gz',
      '3 same-size.csv',
      '4 same-size.csv',
      '9 b.csv',
    ]);
  });
});

describe('a file put back where it came from', () => {
  beforeAll(async () => {
    for (const name of ['note/too-bad.csv', 'note/same-size.csv']) {
      await putBack(name);
    }
    await run();
  });

  it('is another arrival, although nothing about it has changed', async () => {
    expect(told('note/too-bad.csv')).toEqual([
      ['REJECTED', null],
      ['REJECTED', null],
    ]);
    expect(told('note/same-size.csv')).toEqual([
      ['PROCESSED', null],
      ['DUPLICATE', 'landing/note/same-size.csv'],
    ]);
    const [again] = ledger.get('note/too-bad.csv')?.slice(1) ?? [];
    expect(again?.archivedTo).toBe(`rejected/note/${runs[2]}/too-bad.csv`);
    const stored = await home.stored();
    expect(stored.get(`archive/note/${runs[2]}/same-size.csv`)?.toString()).toBe(other);
    expect([...stored.keys()].filter((key) => key.startsWith('landing/'))).toEqual([]);
  });

  it('can be put back any number of times', async () => {
    await putBack('note/too-bad.csv');
    await run();
    expect(told('note/too-bad.csv')).toHaveLength(3);
    expect(ledger.get('note/too-bad.csv')?.[2]?.archivedTo).toBe(`rejected/note/${runs[3]}/too-bad.csv`);
  });
});

describe('the same content for two datasets', () => {
  it('counts once over runs in each of them', async () => {
    const both = await openDropHome([noteContract('note'), noteContract('copy')]);
    try {
      await both.drop('copy/a.csv', first);
      await both.drop('note/a.csv', first);
      await both.pipeline.run();
      expect((await both.ledger()).get('note/a.csv')?.[0]?.status).toBe('PROCESSED');
      await both.drop('note/later.csv', first);
      await both.pipeline.run();
      expect((await both.ledger()).get('note/later.csv')?.[0]?.status).toBe('DUPLICATE');
    } finally {
      await both.close();
    }
  });
});
