import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuckDbDropReader } from '../../lambdas/adapters/duckdb-drop-reader.ts';
import { FolderWorkspace } from '../../lambdas/adapters/folder-workspace.ts';
import { MemoryLake } from '../../lambdas/adapters/memory-lake.ts';
import { bronzeColumns } from '../../lambdas/domain/bronze-table.ts';
import { matchHeader } from '../../lambdas/domain/header.ts';
import type { DropBatch, Loaded } from '../../lambdas/ports/drop-reader.ts';
import { contract } from '../support/contract.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';

const dataset = contract();
const key = 'landing/sales/x.csv';
const body = 'id,amount\n1,2.50\n,3\n';
const { signal } = new AbortController();

let folder: string;
let reader: DuckDbDropReader;

beforeAll(async () => {
  folder = await temporaryFolder();
  const raw = new MemoryLake();
  raw.plant(key, body);
  const workspace = new FolderWorkspace(folder, { owner: 'test', isAlive: () => true });
  const settings = async () => ({
    threads: 1,
    memoryMegabytes: 256,
    allowedFolders: [folder],
    spillFolder: join(folder, 'spill'),
  });
  reader = new DuckDbDropReader({ raw, workspace, localPath: async () => null, settings });
});

afterAll(() => removeFolder(folder));

async function inspectAndLoad(batch: DropBatch, name: string): Promise<Loaded> {
  const { header, sha256, records, local } = await batch.inspect({ key, bytes: body.length }, dataset, signal);
  if (local === null || sha256 === null) throw new Error('The file has no local copy.');
  const group = {
    dataset: { ...dataset, reject_above: 1 },
    match: matchHeader(dataset, header).match,
    columns: bronzeColumns(dataset),
    files: [{ key, sha256, fileDate: '2025-01-01', records, local }],
    runId: name,
    extractedAt: '2025-01-01T00:00:00.000Z',
    prefix: `bronze/sales_line/run=${name}/1`,
    quarantinePrefix: `quarantine/sales/run=${name}/1`,
  };
  return await batch.load(group, signal);
}

describe('batches of the drop reader', () => {
  it('have what they share as long as one of them needs it', async () => {
    const [first, second] = [await reader.begin(), await reader.begin()];
    await first.end();
    const loaded = await inspectAndLoad(second, 'shared');
    expect(loaded.files[0]?.counts).toMatchObject({ read: 2, loaded: 1, quarantined: 1 });
    await second.end();
  });

  it('begin while the last one is still ending', async () => {
    let batch = await reader.begin();
    for (let round = 0; round < 10; round++) {
      await inspectAndLoad(batch, `round-${round}`);
      const ended = batch.end();
      batch = await reader.begin();
      const loaded = await inspectAndLoad(batch, `round-${round}-next`);
      expect(loaded.files.map((file) => file.rejected)).toEqual([[]]);
      await ended;
    }
    await batch.end();
  });
});
