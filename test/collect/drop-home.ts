import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { FileRecord } from '../../lambdas/domain/file-record.ts';
import { removeFolder, temporaryFolder, type TestPipeline, testPipeline } from '../support/temporary-home.ts';

/** What is written into `config/sources/<dataset>.json`. */
export interface Contract {
  readonly dataset: string;
  readonly [member: string]: unknown;
}

/** A pipeline over an empty home, and what was dropped into it. */
export interface DropHome {
  readonly pipeline: TestPipeline;
  /** Every file ever dropped: key -> contents, one for each arrival. */
  readonly dropped: ReadonlyMap<string, readonly Buffer[]>;
  /** Writes a file below `landing/`; `name` begins with the dataset. Returns its key. */
  drop(name: string, body: string | Uint8Array): Promise<string>;
  /** Contents of everything in the raw bucket, by key; the reasons that we write among them. */
  stored(): Promise<Map<string, Buffer>>;
  /** The ledger: key below `landing/` -> its arrivals, the oldest first. */
  ledger(): Promise<Map<string, FileRecord[]>>;
  close(): Promise<void>;
}

/** Contracts are laid over the project's own configuration. */
export async function openDropHome(contracts: readonly Contract[] = []): Promise<DropHome> {
  const home = await temporaryFolder();
  const overlay = contracts.length === 0 ? null : join(home, 'overlay');
  for (const contract of contracts) {
    const name = `${contract.dataset.replaceAll('_', '-')}.json`;
    await writeFilled(join(home, 'overlay', 'sources', name), JSON.stringify(contract));
  }
  const pipeline = await testPipeline(home, overlay);
  const dropped = new Map<string, Buffer[]>();
  return {
    pipeline,
    dropped,
    drop: async (name, body) => {
      const key = `landing/${name}`;
      dropped.set(key, [...(dropped.get(key) ?? []), Buffer.from(body)]);
      await writeFilled(join(pipeline.rawFolder, key), body);
      return key;
    },
    stored: () => filesBelow(pipeline.rawFolder),
    ledger: async () => {
      const files = await pipeline.ports.files.find({ limit: 100_000 });
      return Map.groupBy(
        files.toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1)),
        (file) => file.key.replace('landing/', ''),
      );
    },
    close: async () => {
      await pipeline.close();
      await removeFolder(home);
    },
  };
}

async function filesBelow(root: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = paths.map(async (path) => [relative(root, path), await readFile(path)] as const);
  return new Map((await Promise.all(files)).filter(([key]) => !key.startsWith('.')));
}

async function writeFilled(path: string, body: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, body);
}

/** A contract of one table `<dataset>` with an `id` and a `text`, changed as a test needs it. */
export function noteContract(dataset: string, file: Record<string, unknown> = {}, changes: object = {}): Contract {
  return {
    dataset,
    description: `Notes, for tests: ${dataset}.`,
    owner: 'notes@example.com',
    table: dataset,
    kind: 'event',
    file: { pattern: '*', format: 'csv', ...file },
    columns: [
      { name: 'id', type: 'varchar', description: 'Identifies the note', mandatory: true, required: true },
      { name: 'text', type: 'varchar', description: 'What it says', normalise: [] },
    ],
    ...changes,
  };
}
