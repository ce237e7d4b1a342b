import { readSettings } from '../lambdas/wiring/config.ts';
import { openLocal } from '../lambdas/wiring/local.ts';
import { servePublication } from '../lambdas/steps/serve-publication.ts';
const p = await openLocal(readSettings({ home: process.argv[2] }));
const t = process.cpuUsage(),
  w = performance.now();
console.log(await servePublication(p.ports));
const u = process.cpuUsage(t);
console.log(
  'cpu',
  (u.user + u.system) / 1e6,
  'wall',
  (performance.now() - w) / 1000,
  'rss',
  process.memoryUsage().rss / 1e6,
);
await p.close();
