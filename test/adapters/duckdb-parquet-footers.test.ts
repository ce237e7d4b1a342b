import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DuckDbSession } from '../../lambdas/adapters/duckdb/session.ts';
import { DuckDbParquetFooters } from '../../lambdas/adapters/duckdb-parquet-footers.ts';
import { FolderWorkspace } from '../../lambdas/adapters/folder-workspace.ts';
import { MemoryLake } from '../../lambdas/adapters/memory-lake.ts';
import type { Column } from '../../lambdas/domain/table.ts';
import type { Lake } from '../../lambdas/ports/lake.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';

let folder: string;
let lake: MemoryLake;

beforeEach(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder, 'spill'));
  lake = new MemoryLake(() => new Date(0));
});
afterEach(() => removeFolder(folder));

const settings = async () => ({
  threads: 1,
  memoryMegabytes: 256,
  allowedFolders: [folder],
  spillFolder: join(folder, 'spill'),
});

async function stored(key: string, select: string, options = ''): Promise<{ key: string; bytes: number }> {
  const session = await DuckDbSession.open(await settings());
  const path = join(folder, 'written.parquet');
  await session.run(`copy (${select}) to '${path}' (format parquet${options})`);
  session.close();
  const { bytes } = await lake.write(key, await readFile(path));
  return { key, bytes };
}

function footers(from: Lake) {
  const workspace = new FolderWorkspace(folder, { owner: 'test', isAlive: () => true });
  return new DuckDbParquetFooters(from, workspace, settings);
}

const columns: Column[] = [
  { name: 'id', type: 'varchar' },
  { name: 'n', type: 'bigint' },
];
const rows = (count: number) =>
  `select repeat(i::varchar || md5(i::varchar), 4) as id, case when i % 4 = 0 then i end as n from range(${count}) as t(i)`;

it('counts rows and nulls of files from their ends alone', async () => {
  const files = [await stored('gold/t/0', rows(40_000), ', row_group_size 2048'), await stored('gold/t/1', rows(4))];
  let read = 0;
  const watched: Lake = Object.assign(Object.create(lake) as Lake, {
    async *read(key: string, from?: number) {
      for await (const chunk of lake.read(key, from)) {
        read += chunk.length;
        yield chunk;
      }
    },
  });
  const [large, small] = await footers(watched).verified('gold.t', files, columns);
  expect(large).toEqual({ ...files[0], rows: 40_000, nulls: { id: 0, n: 30_000 } });
  expect(small).toEqual({ ...files[1], rows: 4, nulls: { id: 0, n: 3 } });
  expect(files[0]?.bytes).toBeGreaterThan(1_000_000);
  expect(read).toBeLessThan(100_000);
});

it('reads a footer that is longer than the first request', async () => {
  const names = Array.from({ length: 3_000 }, (_, index) => `column_${index}`);
  const file = await stored('gold/t/0', `select ${names.map((name, index) => `${index} as ${name}`).join(', ')}`);
  const wide = names.map((name) => ({ name, type: 'integer' }) as const);
  const [facts] = await footers(lake).verified('gold.t', [file], wide);
  expect(facts?.rows).toBe(1);
  expect(Object.keys(facts?.nulls ?? {})).toHaveLength(3_000);
});

it('refuses columns that are not the contract, and what is no Parquet', async () => {
  const file = await stored('gold/t/0', 'select 1 as id, 2::bigint as n, 3 as more');
  await expect(footers(lake).verified('gold.t', [file], columns)).rejects.toThrow(
    /gold\.t.*id: expected varchar.*more/s,
  );
  const { bytes } = await lake.write('gold/t/1', 'id,n\n1,2\n');
  await expect(footers(lake).verified('gold.t', [{ key: 'gold/t/1', bytes }], columns)).rejects.toThrow(/not Parquet/);
});

it('answers several at the same time, and leaves nothing behind', async () => {
  const shared = footers(lake);
  const files = [];
  for (const count of [1, 2, 3]) files.push(await stored(`gold/t/${count}`, rows(count)));
  const found = await Promise.all(files.map((file) => shared.verified('gold.t', [file], columns)));
  expect(found.flat().map((facts) => facts.rows)).toEqual([1, 2, 3]);
  const left = await readdir(folder, { recursive: true });
  expect(left.filter((name) => name.includes('footers'))).toEqual([]);
});
