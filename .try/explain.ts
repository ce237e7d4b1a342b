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
  threads: 1,
  memoryMegabytes: 1200,
  allowedFolders: [home + '/lake', home + '/spill'],
  spillFolder: home + '/spill',
});
const reads = new Set(cols.flatMap((c) => c.reads));
await createTableViews(
  s,
  new FolderWorkspace(home + '/lake', { owner: 'x', isAlive: () => true }),
  pub.tables.filter((t) => reads.has(t.table)),
  new Map(),
  false,
);
const [name, doc] = process.argv.slice(3);
const c = cols.find((x) => x.name === name)!;
await s.run(`create or replace temp table r_${c.name} as ${c.ranked}`);
const sql = (doc === 'rows' ? c.rows : c.documents[doc!]!.sql).replaceAll(
  '{ranked}',
  `(select * from temp.r_${c.name} where rank > 0 and rank <= 50000)`,
);
const run = async (n: string, q: string) => {
  const t = process.cpuUsage();
  await s.rows(q);
  const u = process.cpuUsage(t);
  console.log(n, ((u.user + u.system) / 1e6).toFixed(2));
};
await run('full', `select sum(length(body)) from (${sql}) x`);
await run('full', `select sum(length(body)) from (${sql}) x`);
{
  const t = process.cpuUsage();
  const r = await s.connection.stream(`select rank, encode(body) from (${sql}) x`);
  let n = 0;
  for (let k = await r.fetchChunk(); k && k.rowCount > 0; k = await r.fetchChunk()) n += k.rowCount;
  const u = process.cpuUsage(t);
  console.log('stream no read', ((u.user + u.system) / 1e6).toFixed(2), n);
}
{
  const t = process.cpuUsage();
  const r = await s.connection.stream(`select rank, encode(body) from (${sql}) x`);
  let n = 0;
  for (let k = await r.fetchChunk(); k && k.rowCount > 0; k = await r.fetchChunk()) {
    n += k.getColumns().length;
  }
  const u = process.cpuUsage(t);
  console.log('stream read blob', ((u.user + u.system) / 1e6).toFixed(2), n);
}
{
  const t = process.cpuUsage();
  const r = await s.connection.stream(`select rank, body from (${sql}) x`);
  let n = 0;
  for (let k = await r.fetchChunk(); k && k.rowCount > 0; k = await r.fetchChunk()) {
    n += k.getColumns().length;
  }
  const u = process.cpuUsage(t);
  console.log('stream read text', ((u.user + u.system) / 1e6).toFixed(2), n);
}
const e = await s.rows(`explain analyze select sum(length(body)) from (${sql}) x`);
const text = String(Object.values(e[0]!)[1]);
const ops = [...text.matchAll(/│\s*([A-Z_]{4,})\s*│[\s\S]*?│\s*\(?([\d.]+)s\)?\s*│/g)]
  .map((m) => [m[1], Number(m[2])] as const)
  .filter((x) => x[1] > 0.01)
  .sort((a, b) => b[1] - a[1])
  .slice(0, 15);
console.log(ops.map((o) => o.join(' ')).join('\n'));
s.close();
await p.close();
