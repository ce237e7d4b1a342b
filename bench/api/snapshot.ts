import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDbSqliteSnapshots } from '../../lambdas/adapters/duckdb-sqlite-snapshots.ts';
import { SqliteSnapshot } from '../../lambdas/adapters/serving/sqlite-snapshot.ts';
import { servedCollections } from '../../lambdas/domain/serving/collections.ts';
import { textsOf } from '../../lambdas/domain/serving/snapshot-texts.ts';
import { readSettings } from '../../lambdas/wiring/config.ts';
import { openLocal } from '../../lambdas/wiring/local.ts';
import { sampleCustomers } from './paths.ts';
import { multiplied } from './multiplied.ts';

/** `node bench/api/snapshot.ts <home> <copies>`: makes the snapshot of a publication so many times as large, and searches it. Prints JSON. */
const [, , home = '', copies = '10'] = process.argv;
const folder = await mkdtemp(join(tmpdir(), 'headwater-bench-'));
const settings = readSettings({ home });
const { ports, close } = await openLocal(settings);
try {
  const { current } = await ports.catalog.pointer();
  const publication = await ports.catalog.load(current ?? '');
  const tables = await multiplied(join(settings.home, 'lake'), publication, Number(copies), folder);
  const workspace = {
    // The copies lie where they are named.
    pull: async (key: string) => key,
    target: async (prefix: string) => {
      const path = join(folder, prefix);
      await mkdir(path, { recursive: true });
      return path;
    },
    push: async () => {},
    scratch: async () => folder,
    clear: async () => {},
  };
  const maker = new DuckDbSqliteSnapshots(workspace, async () => ({
    threads: settings.threads,
    memoryMegabytes: settings.memoryMegabytes,
    allowedFolders: [folder],
    spillFolder: folder,
  }));
  const cpu = process.cpuUsage();
  const started = performance.now();
  const collections = servedCollections(tables);
  const file = await maker.make({
    prefix: 'made',
    tables,
    collections,
    texts: textsOf(ports.configuration, publication, null),
  });
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const path = join(folder, file.key);
  const meta = { runId: '', asOf: '', publishedAt: '', sha256: file.sha256, bytes: file.bytes, loadedAt: '' };
  const snapshot = new SqliteSnapshot(path, meta, servedCollections([]));
  const times = searchTimes(snapshot);
  const customers = snapshot.totals({
    collection: 'customer',
    filters: [],
    territories: null,
    search: null,
    groupBy: null,
    sums: [],
  })[0]?.count;
  process.stdout.write(
    `${JSON.stringify({ customers, seconds, cpuSeconds: (user + system) / 1e6, bytes: (await stat(path)).size, peakBytes: process.resourceUsage().maxRSS * 1024, ...times })}\n`,
  );
  snapshot.close();
} finally {
  await close();
  await rm(folder, { recursive: true, force: true });
}

function searchTimes(snapshot: SqliteSnapshot): { searchP50: number; searchP99: number } {
  const { words } = sampleCustomers(snapshot, 2_000);
  const times = words.slice(0, 3_000).map((word, index) => {
    const begun = performance.now();
    snapshot.list({
      collection: 'customer',
      filters: [],
      territories: null,
      search: word.slice(0, 1 + (index % 5)),
      sort: null,
      limit: 20,
      after: null,
    });
    return performance.now() - begun;
  });
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { searchP50: at(0.5), searchP99: at(0.99) };
}
