import { createAdaptorServer } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../lambdas/api/app.ts';
import { principal } from '../../lambdas/api/principal.ts';
import { readSettings } from '../../lambdas/wiring/config.ts';
import { openLocalApi } from '../../lambdas/wiring/local-api.ts';

/** The API of a home in a process of its own: `node bench/api/serve.ts <home>`. Prints port and the milliseconds until it could answer. */
const begun = performance.now();
const api = openLocalApi(readSettings({ home: process.argv[2] }));
await api.ports.store.refresh();
const reader = principal('bench', 'admin');
const app = createApp(api.ports, {
  authenticate: () => reader,
  allowedOrigins: [],
  allowedHosts: null,
  rateLimit: null,
  allowanceSeconds: 108_000,
  waitsForNewer: false,
  refreshMilliseconds: 1_000,
  log: () => {},
});
const server = createAdaptorServer({ fetch: app.fetch });
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const ready = performance.now();
  process.stdout.write(`${JSON.stringify({ port, opening: ready - begun, sinceStart: ready })}\n`);
});
process.on('message', (wanted) => {
  if (wanted === 'cpu') process.send?.(process.cpuUsage());
});
