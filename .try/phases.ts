import { DatabaseSync } from 'node:sqlite';
import { readSettings } from '../lambdas/wiring/config.ts';
import { openLocal } from '../lambdas/wiring/local.ts';
import { DuckDbSession } from '../lambdas/adapters/duckdb/session.ts';
import { createTableViews } from '../lambdas/adapters/duckdb/table-views.ts';
import { FolderWorkspace } from '../lambdas/adapters/folder-workspace.ts';
import { servedCollections } from '../lambdas/domain/serving/collections.ts';
import { fillCollection } from '../lambdas/adapters/snapshot/fill-collection.ts';
import { createCollection, createCommon, indexCollection } from '../lambdas/adapters/snapshot/snapshot-tables.ts';
import { rmSync } from 'node:fs';
const home = process.argv[2]!;
const p = await openLocal(readSettings({ home }));
const pub = await p.ports.catalog.load((await p.ports.catalog.pointer()).current!);
const cols = servedCollections(pub.tables);
let total = 0;
const time = async <T>(n: string, f: () => Promise<T>) => {
  const t = process.cpuUsage();
  const r = await f();
  const u = process.cpuUsage(t);
  total += u.user + u.system;
  console.log(n.padEnd(28), (u.user / 1e6).toFixed(2), (u.system / 1e6).toFixed(2));
  return r;
};
const path = '/tmp/api-scratch/x.sqlite';
rmSync(path, { force: true });
const db = new DatabaseSync(path);
db.exec(
  'pragma page_size = 8192; pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536; begin',
);
createCommon(db);
const s = await time('session', () =>
  DuckDbSession.open({
    threads: 2,
    memoryMegabytes: 1200,
    allowedFolders: [home + '/lake', home + '/spill'],
    spillFolder: home + '/spill',
  }),
);
const reads = new Set(cols.flatMap((c) => c.reads));
await time('views', () =>
  createTableViews(
    s,
    new FolderWorkspace(home + '/lake', { owner: 'x', isAlive: () => true }),
    pub.tables.filter((t) => reads.has(t.table)),
    new Map(),
    false,
  ),
);
for (const c of cols) {
  createCollection(db, c);
  if (c.name === 'customer') {
    for (const d of Object.keys(c.documents)) {
      const one = { ...c, name: 'x' + d, rows: c.rows, documents: { [d]: c.documents[d]! }, wordIndex: false };
      createCollection(db, one);
      await time('customer+' + d, () => fillCollection(db, s, one as never, undefined));
      db.exec(`drop table "x${d}"; drop table "x${d}_row"; drop table "x${d}_${d}"`);
    }
  }
  await time(c.name, () => fillCollection(db, s, c, undefined));
  await time(c.name + ' index', async () => indexCollection(db, c));
}
await time('commit', async () => db.exec('commit'));
console.log(total / 1e6);
s.close();
db.close();
await p.close();
