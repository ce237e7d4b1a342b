import { readSettings } from '../lambdas/wiring/config.ts';
import { FolderLake } from '../lambdas/adapters/folder-lake.ts';
import { FolderWorkspace } from '../lambdas/adapters/folder-workspace.ts';
import { SqliteServingStore } from '../lambdas/adapters/sqlite-serving-store.ts';
const home = process.argv[2]!;
const w = performance.now();
const store = new SqliteServingStore(
  new FolderLake(home + '/lake'),
  () => new FolderWorkspace(home + '/lake', { owner: 'x', isAlive: () => true }),
  () => new Date(),
);
await store.refresh();
console.log('open', performance.now() - w, store.problem());
const s = store.current()!;
const q = {
  collection: 'customer',
  filters: [],
  territories: null,
  search: null,
  sort: null,
  limit: 3,
  after: null,
} as const;
const t = (n: string, f: () => unknown) => {
  f();
  const a = performance.now();
  let r: unknown;
  for (let i = 0; i < 20; i++) r = f();
  console.log(
    ((performance.now() - a) / 20).toFixed(3),
    'ms',
    n,
    JSON.stringify(r, (_, v) => (typeof v === 'bigint' ? String(v) : v)).slice(0, 300),
  );
};
t('list', () => s.list(q));
t('search', () => s.list({ ...q, search: 'greenh lim' }));
t('search a', () => s.list({ ...q, search: 'a', limit: 50 }));
t('sorted', () => s.list({ ...q, sort: { column: 'health_score', descending: false } }));
t('search sorted', () => s.list({ ...q, search: 's', sort: { column: 'health_score', descending: false } }));
t('terr', () => s.list({ ...q, territories: ['NOR_ENT'] }));
t('clients', () => s.list({ ...q, collection: 'client', search: 'green' }));
const id = JSON.parse(s.list(q).rows[0]!).account_id;
for (const d of ['row', 'document', 'alerts', 'recommendations', 'timeline'])
  t(d, () => s.get('customer', id, d, null));
t('history', () => s.get('client', id, 'history', null));
t('totals', () =>
  s.totals({
    collection: 'customer',
    filters: [],
    territories: null,
    search: null,
    groupBy: 'health_status',
    sums: ['annual_revenue', 'health_score'],
  }),
);
t('quarantine', () => s.list({ ...q, collection: 'quarantine' }));
t('advisor', () => s.list({ ...q, collection: 'advisor' }));
t('change', () => s.list({ ...q, collection: 'assignment_change' }));
for (const c of [
  'territory',
  'capacity_alert',
  'client_duplicate',
  'sales_team',
  'anomaly',
  'shopper',
  'revenue_geography',
  'pipeline',
  'recommendation',
])
  t(c, () => s.list({ ...q, collection: c, limit: 1 }));
t('months', () =>
  s.get('shopper', JSON.parse(s.list({ ...q, collection: 'shopper' }).rows[0]!).customer_id, 'months', null),
);
console.log(s.text('tables')!.length, s.text('parameters')!.slice(0, 300));
