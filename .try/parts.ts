import { readSettings } from '../lambdas/wiring/config.ts';
import { openLocal } from '../lambdas/wiring/local.ts';
import { DuckDbSession } from '../lambdas/adapters/duckdb/session.ts';
import { createTableViews } from '../lambdas/adapters/duckdb/table-views.ts';
import { FolderWorkspace } from '../lambdas/adapters/folder-workspace.ts';
import { servedCollections } from '../lambdas/domain/serving/collections.ts';
const home = process.argv[2]!;
const p = await openLocal(readSettings({ home }));
const pub = await p.ports.catalog.load((await p.ports.catalog.pointer()).current!);
const cols = servedCollections(pub.tables);
const s = await DuckDbSession.open({
  threads: 2,
  memoryMegabytes: 1200,
  allowedFolders: [home + '/lake', home + '/spill'],
  spillFolder: home + '/spill',
});
const reads = new Set(cols.flatMap((c) => c.reads));
const time = async (name: string, f: () => Promise<unknown>) => {
  const t = process.cpuUsage();
  const r = await f();
  const u = process.cpuUsage(t);
  const c = (u.user + u.system) / 1e6;
  if (c > 0.03) console.log(c.toFixed(2), name, r ?? '');
};
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
  await time(c.name + ' ranked', () => s.run(`create or replace temp table r_${c.name} as ${c.ranked}`));
  const part = `(select * from temp.r_${c.name})`;
  await time(
    c.name + ' rows',
    async () =>
      (await s.rows(`select sum(length(body)) as n from (${c.rows.replaceAll('{ranked}', part)}) as x`))[0]?.n,
  );
  for (const [d, { sql }] of Object.entries(c.documents))
    await time(
      c.name + ' ' + d,
      async () => (await s.rows(`select sum(length(body)) as n from (${sql.replaceAll('{ranked}', part)}) as x`))[0]?.n,
    );
}
s.close();
await p.close();
