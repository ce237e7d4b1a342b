import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readSettings } from '../../lambdas/wiring/config.ts';
import { openLocalApi } from '../../lambdas/wiring/local-api.ts';
import { load, type LoadResult } from './load.ts';
import { mixedPaths } from './paths.ts';

/** `npm run bench:api -- <home> [copies]`: the budgets of the API, on a home that `npm start` made. */
const [, , home = '.headwater', copies = '10'] = process.argv;
const concurrency = 50;
const requests = 6_000;
/** The rate that the API has to keep up with; beyond it only the queue is measured. */
const pace = 3_000;
const flags = ['--disable-warning=ExperimentalWarning'];
const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const settings = readSettings({ home });
const { ports, close } = openLocalApi(settings);
await ports.store.refresh();
const snapshot = ports.store.current();
if (snapshot === null) throw new Error(`${settings.home} serves nothing; make a lake there with npm start.`);
const { search, document } = mixedPaths(snapshot, requests, 7);
await close();

const server = fork(file('serve.ts'), [settings.home], {
  execArgv: flags,
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
});
const [line] = (await once(createInterface({ input: server.stdout as NodeJS.ReadableStream }), 'line')) as [string];
const { port, opening, sinceStart } = JSON.parse(line) as { port: number; opening: number; sinceStart: number };
say(
  `start: ${opening.toFixed(0)} ms to open and listen, ${sinceStart.toFixed(0)} ms since the process began (budget 300)`,
);
await load(port, [...search.slice(0, 1_500), ...document.slice(0, 1_500)], concurrency);
for (const [name, paths] of Object.entries({ search, document, both: interleaved(search, document) })) {
  for (const perSecond of [Number.POSITIVE_INFINITY, pace]) {
    const before = await cpuOf(server);
    const result = await load(port, paths, concurrency, perSecond);
    const after = await cpuOf(server);
    report(perSecond === pace ? `${name}, at most ${pace}/s` : name, result, (after - before) / 1e6);
  }
}
server.kill();

const made = spawn(process.execPath, [...flags, file('snapshot.ts'), settings.home, copies], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [text] = (await once(createInterface({ input: made.stdout }), 'line')) as [string];
say(`snapshot: ${text} (budgets: 20 s, search p99 5 ms)`);

function interleaved(some: readonly string[], others: readonly string[]): string[] {
  return some.flatMap((path, index) => [path, others[index] ?? path]);
}

async function cpuOf(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage];
  return user + system;
}

function report(
  name: string,
  { requests: sent, seconds, failures, milliseconds }: LoadResult,
  cpuSeconds: number,
): void {
  const { p50, p95, p99 } = milliseconds;
  say(
    `${name}: ${sent} requests, ${failures} failed, ${(sent / seconds).toFixed(0)}/s by the clock, ${(sent / cpuSeconds).toFixed(0)} per second of the server's CPU, ` +
      `p50 ${p50.toFixed(2)} p95 ${p95.toFixed(2)} p99 ${p99.toFixed(2)} ms at ${concurrency} at a time (budgets: p99 5 ms, 3,000/s)`,
  );
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
