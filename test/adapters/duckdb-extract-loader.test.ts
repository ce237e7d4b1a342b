import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBConnection } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DuckDbExtractLoader } from '../../lambdas/adapters/duckdb-extract-loader.ts';
import { FolderWorkspace } from '../../lambdas/adapters/folder-workspace.ts';
import { bronzeFieldColumns, widened } from '../../lambdas/domain/salesforce-bronze.ts';
import { deletionColumns, deletionTable } from '../../lambdas/domain/salesforce-source.ts';
import type { Slice, TableVersion } from '../../lambdas/domain/table.ts';
import type { Extract } from '../../lambdas/ports/extract-loader.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

const { signal } = new AbortController();
const table = 'bronze.salesforce_account' as const;
const fields = ['Id', 'Name', 'IsDeleted', 'SystemModstamp'];
const stamp = '2025-01-01T10:00:00.000Z';

let folder: TemporaryFolder;
let loader: DuckDbExtractLoader;
let attempts = 0;

beforeEach(async () => {
  folder = await temporaryFolder();
  loader = new DuckDbExtractLoader(
    new FolderWorkspace(folder.path, { owner: 'test', isAlive: () => true }),
    async () => ({
      threads: 2,
      memoryMegabytes: 400,
      allowedFolders: [folder.path],
      spillFolder: folder.path,
    }),
  );
  loader.begin();
});

afterEach(async () => {
  await loader.end();
  await folder.remove();
});

function version(...slices: (Slice | null)[]): TableVersion {
  const present = slices.filter((slice) => slice !== null);
  return widened({ table, columns: bronzeFieldColumns(['Id']), partitionBy: [], slices: present });
}

function deletions(...slices: Slice[]): TableVersion {
  return { table: deletionTable, columns: deletionColumns, partitionBy: [], slices };
}

/** Rows as [Id, Name, IsDeleted, SystemModstamp]. */
async function load(rows: (string | null)[][], more: Partial<Extract> = {}) {
  const names = more.fields ?? fields;
  const records = rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])));
  attempts += 1;
  return await loader.load(
    {
      table,
      source: { records },
      fields: names,
      known: version(),
      deletions: deletions(),
      object: 'Account',
      sourceSystem: 'salesforce',
      extractedAt: `2025-01-02T00:00:0${attempts % 10}.000Z`,
      runId: 'run',
      prefix: `bronze/salesforce_account/run=run/${attempts}`,
      ...more,
    },
    signal,
  );
}

async function stored(slice: Slice | null, columns: string): Promise<unknown[][]> {
  const paths = (slice?.files ?? []).map((file) => `'${join(folder.path, file.key)}'`);
  const connection = await DuckDBConnection.create();
  const reader = await connection.runAndReadAll(
    `select ${columns} from read_parquet([${paths.join(', ')}]) order by 1`,
  );
  connection.closeSync();
  return reader.getRowsJson();
}

describe('Loading an extract', () => {
  it('keeps every value as the text that came', async () => {
    const values = [
      'NA',
      'null',
      '01234',
      'a"b',
      'x\r\ny',
      'nul\0byte',
      '😀\u2028',
      ' space ',
      'ü'.repeat(131_072),
      null,
    ];
    const { slice, read } = await load(values.map((value, index) => [String(index), value, 'false', stamp]));
    expect(read).toBe(values.length);
    expect((await stored(slice, 'id, name')).map(([, name]) => name)).toEqual(values);
  });

  it('reads bulk results the same way and removes the file', async () => {
    const path = join(folder.path, 'page.csv');
    await writeFile(
      path,
      `"Id","Name","IsDeleted","SystemModstamp"\n"1","a ""b""\r\n\0","false","${stamp}"\n"2","","true","${stamp}"\n`,
    );
    const { slice, read } = await load([], { source: { path } });
    expect(read).toBe(2);
    expect(await stored(slice, 'id, name, isdeleted, _source_system, _run_id')).toEqual([
      ['1', 'a "b"\r\n\0', 'false', 'salesforce', 'run'],
      ['2', null, 'true', 'salesforce', 'run'],
    ]);
    expect(await readdir(folder.path)).not.toContain('page.csv');
  });

  it('writes nothing for rows that bronze has already', async () => {
    const first = await load([['1', 'a', 'false', stamp]]);
    const again = await load([['1', 'a', 'false', stamp]], { known: version(first.slice) });
    expect(again).toEqual({ read: 1, slice: null });
  });

  it('keeps a second edit within the same second, and the way back from it', async () => {
    const first = await load([['1', 'a', 'false', stamp]]);
    const second = await load([['1', 'b', 'false', stamp]], { known: version(first.slice) });
    expect(second.slice?.rows).toBe(1);
    const third = await load([['1', 'a', 'false', stamp]], { known: version(first.slice, second.slice) });
    expect(third.slice?.rows).toBe(1);
  });

  it('keeps a row of a record that was found deleted since', async () => {
    const first = await load([['1', 'a', 'false', stamp]]);
    const gone = await loader.writeDeletions(
      [{ object: 'Account', id: '1', deletedAt: stamp, foundBy: 'reconciliation' }],
      {
        sourceSystem: 'salesforce',
        extractedAt: '2025-01-03T00:00:00.000Z',
        runId: 'run',
        prefix: 'bronze/salesforce_deletion/run=run/1',
      },
      signal,
    );
    const again = await load([['1', 'a', 'false', stamp]], { known: version(first.slice), deletions: deletions(gone) });
    expect(again.slice?.rows).toBe(1);
  });

  it('tells Ids apart that differ in case only', async () => {
    const first = await load([['001aB', 'a', 'false', stamp]]);
    const other = await load([['001Ab', 'a', 'false', stamp]], { known: version(first.slice) });
    expect(other.slice?.rows).toBe(1);
  });

  it('takes fields that appear and disappear', async () => {
    const first = await load([['1', 'a', 'false', stamp]]);
    const more = ['Id', 'Name', 'IsDeleted', 'SystemModstamp', 'New__c'];
    const second = await load([['1', 'a', 'false', stamp, 'x']], { fields: more, known: version(first.slice) });
    expect(second.slice?.columns.map(({ name }) => name)).toContain('new__c');
    const fewer = await load([['1', 'a', 'false', stamp]], { known: version(first.slice, second.slice) });
    expect(fewer.slice).toBeNull();
  });
});

describe('Auditing an object', () => {
  async function audit(org: string[][], known: TableVersion, gone: TableVersion = deletions()) {
    const path = join(folder.path, 'audit.csv');
    await writeFile(
      path,
      [['Id', 'SystemModstamp', 'IsDeleted'], ...org]
        .map((row) => `${row.map((value) => `"${value}"`).join(',')}\n`)
        .join(''),
    );
    return await loader.audit(
      { paths: [path], fields: ['Id', 'SystemModstamp', 'IsDeleted'], object: 'Account', known, deletions: gone },
      signal,
    );
  }

  it('finds what is missing, outdated and gone', async () => {
    const { slice } = await load([
      ['1', 'same', 'false', stamp],
      ['2', 'outdated', 'false', stamp],
      ['3', 'gone', 'false', stamp],
      ['4', 'deleted meanwhile', 'false', stamp],
    ]);
    const org = [
      ['1', stamp, 'false'],
      ['2', '2025-01-01T11:00:00.000Z', 'false'],
      ['4', stamp, 'true'],
      ['5', stamp, 'false'],
    ];
    expect(await audit(org, version(slice))).toEqual({ absent: ['3'], stale: ['2', '4', '5'] });
  });

  it('is silent about what is known to be gone, and finds it when it is back', async () => {
    const { slice } = await load([['1', 'a', 'false', stamp]]);
    const gone = await loader.writeDeletions(
      [{ object: 'Account', id: '1', deletedAt: stamp, foundBy: 'getDeleted' }],
      {
        sourceSystem: 'salesforce',
        extractedAt: '2025-02-01T00:00:00.000Z',
        runId: 'run',
        prefix: 'bronze/salesforce_deletion/run=run/2',
      },
      signal,
    );
    expect(await audit([], version(slice), deletions(gone))).toEqual({ absent: [], stale: [] });
    expect(await audit([['1', stamp, 'false']], version(slice), deletions(gone))).toEqual({ absent: [], stale: ['1'] });
  });
});
