import { deflateRawSync } from 'node:zlib';
import { readSettings } from '../lambdas/wiring/config.ts';
import { openLocal } from '../lambdas/wiring/local.ts';
import { DuckDbSession } from '../lambdas/adapters/duckdb/session.ts';
import { createTableViews } from '../lambdas/adapters/duckdb/table-views.ts';
import { FolderWorkspace } from '../lambdas/adapters/folder-workspace.ts';
import { servedCollections } from '../lambdas/domain/serving/collections.ts';
const home = process.argv[2]!;
const p = await openLocal(readSettings({ home }));
const pub = await p.ports.catalog.load((await p.ports.catalog.pointer()).current!);
const c = servedCollections(pub.tables)[0]!;
const s = await DuckDbSession.open({
  threads: 2,
  memoryMegabytes: 1200,
  allowedFolders: [home + '/lake', home + '/spill'],
  spillFolder: home + '/spill',
});
const reads = new Set(c.reads);
await createTableViews(
  s,
  new FolderWorkspace(home + '/lake', { owner: 'x', isAlive: () => true }),
  pub.tables.filter((t) => reads.has(t.table)),
  new Map(),
  false,
);
await s.run(`create or replace temp table r_customer as ${c.ranked}`);
const part = `(select * from temp.r_customer where rank > 0 and rank <= 50000)`;
const go = async (n: string, sql: string, f: (t: string) => void) => {
  const t = process.cpuUsage();
  const r = await s.connection.stream(sql);
  let bytes = 0;
  for (let k = await r.fetchChunk(); k && k.rowCount > 0; k = await r.fetchChunk()) {
    const col = k.getColumnValues(1) as string[];
    for (const v of col) {
      bytes += v.length;
      f(v);
    }
  }
  const u = process.cpuUsage(t);
  console.log(n, (u.user / 1e6).toFixed(2), (u.system / 1e6).toFixed(2), bytes);
};
const grouped = c.documents.timeline!.sql.replaceAll('{ranked}', part);
await go('grouped read', grouped, () => {});
await go('grouped deflate', grouped, (t) => {
  deflateRawSync(t, { level: 1 });
});
const ev = /jsonless/;
const list =
  "list_value(case when starts_with(event.event_id, event.source_object || ':' || event.source_id) then substr(event.event_id, length(event.source_object) + length(event.source_id) + 2) else event.event_id end, cast(event_date as varchar), event_type, title, description, severity, cast(related_amount as varchar), source_object, source_id)";
await go(
  'flat sorted json',
  `select r.rank, cast(to_json(${list}) as varchar) as body from ${part} as r join gold.customer_timeline as event on event.account_id = r.key order by r.rank, event.event_date desc, event.event_id`,
  () => {},
);
await go(
  'flat sorted late json',
  `select rank, cast(to_json(l) as varchar) from (select r.rank, ${list} as l from ${part} as r join gold.customer_timeline as event on event.account_id = r.key order by r.rank, event.event_date desc, event.event_id)`,
  () => {},
);
await go(
  'grouped list-of-lists',
  `select r.rank, cast(to_json(list(${list})) as varchar) from ${part} as r join (select * from gold.customer_timeline order by account_id, event_date desc, event_id) as event on event.account_id = r.key group by r.rank`,
  () => {},
);
await go(
  'grouped struct to_json',
  `select r.rank, cast(to_json(list_sort(list({d: date '9999-12-31' - event_date, l: ${list}}))) as varchar) from ${part} as r join gold.customer_timeline as event on event.account_id = r.key group by r.rank`,
  () => {},
);
s.close();
await p.close();
