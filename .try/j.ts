import { DuckDbSession } from '../lambdas/adapters/duckdb/session.ts';
import { readSettings } from '../lambdas/wiring/config.ts';
import { openLocal } from '../lambdas/wiring/local.ts';
import { createTableViews } from '../lambdas/adapters/duckdb/table-views.ts';
import { FolderWorkspace } from '../lambdas/adapters/folder-workspace.ts';
import { eventNames } from '../lambdas/domain/serving/collections/customer-signals.ts';
const home = process.argv[2]!;
const p = await openLocal(readSettings({ home }));
const pub = await p.ports.catalog.load((await p.ports.catalog.pointer()).current!);
const s = await DuckDbSession.open({
  threads: 2,
  memoryMegabytes: 1200,
  allowedFolders: [home + '/lake', home + '/spill'],
  spillFolder: home + '/spill',
});
await createTableViews(
  s,
  new FolderWorkspace(home + '/lake', { owner: 'x', isAlive: () => true }),
  pub.tables.filter((t) => t.table.startsWith('gold.')),
  new Map(),
  false,
);
const time = async (name: string, sql: string) => {
  const t = process.cpuUsage();
  const r = (await s.rows(sql))[0];
  const u = process.cpuUsage(t);
  console.log(((u.user + u.system) / 1e6).toFixed(2), name, JSON.stringify(r).slice(0, 200));
};
await s.run(
  `create temp table r as select account_id as key, row_number() over () as rank from gold.customer_360_metrics`,
);

import { metricNames } from '../lambdas/domain/serving/metric-names.ts';
const nums = metricNames.filter((n) => n !== 'health_status' && n !== 'churn_risk_level');
await time(
  'list decimal',
  `select sum(length(cast(to_json([${nums.map((n) => `cast(m.${n} as decimal(18,2))`).join(',')}]) as varchar))), any_value(cast(to_json([${nums
    .slice(0, 5)
    .map((n) => `cast(m.${n} as decimal(18,2))`)
    .join(',')}]) as varchar)) from gold.customer_360_metrics m`,
);
await time(
  'concat',
  `select sum(length('[' || ${nums.map((n) => `coalesce(cast(m.${n} as varchar),'null')`).join(" || ',' || ")} || ']')) from gold.customer_360_metrics m`,
);
const txt = ['account_id', 'account_name', 'industry', 'customer_segment', 'region'];
await time(
  'obj concat',
  `select sum(length('{' || ${txt.map((n) => `'"${n}":' || coalesce(cast(to_json(m.${n}) as varchar),'null')`).join(" || ',' || ")} || '}')) from gold.customer_360_metrics m`,
);
await time(
  'obj tojson',
  `select sum(length(cast(to_json({${txt.map((n) => `${n}: m.${n}`)}}) as varchar))) from gold.customer_360_metrics m`,
);
s.close();
await p.close();
