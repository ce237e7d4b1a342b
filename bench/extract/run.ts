import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { arch, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** `npm run bench:extract [accounts]`: bulk extraction against jsforce, then a whole CRM run and the run of the day after. */
const accounts = Number(process.argv[2] ?? 1_000_000);
const run = promisify(execFile);
const flags = ['--disable-warning=ExperimentalWarning'];
const pathOf = (script: string) => fileURLToPath(new URL(script, import.meta.url));

async function measure<T>(script: string, ...parameters: string[]): Promise<T> {
  const { stdout } = await run(process.execPath, [...flags, pathOf(script), ...parameters], { maxBuffer: 1e8 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
}

function say(label: string, value: string, goal = '-'): void {
  process.stdout.write(`${label.padEnd(60)} ${value.padStart(16)}   goal ${goal}\n`);
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('expected a pipe');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the server ended');
}

interface Extraction {
  readonly rows: number;
  readonly seconds: number;
  readonly maxRssMegabytes: number;
  readonly preparedSeconds?: number;
  readonly ended?: string;
}

const folder = await mkdtemp(join(tmpdir(), 'headwater-bench-'));
try {
  process.stdout.write(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${arch()}, Node ${process.version}\n\n`,
  );
  const server = spawn(process.execPath, [...flags, pathOf('org-server.ts'), String(accounts)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const org = await firstLine(server);
    await mkdir(join(folder, 'bulk'));
    const ours = await measure<Extraction>('our-extraction.ts', join(folder, 'bulk'), org);
    const million = (accounts / 1e6).toFixed(1);
    say(`${million} M records × 30 columns into verified Parquet`, `${ours.seconds.toFixed(1)} s`, '≤ 8 s');
    say('  records in bronze', String(ours.rows), String(accounts));
    say('  largest memory', `${ours.maxRssMegabytes.toFixed(0)} MB`, '≤ 700 MB');
    say('  the server prepared the results before, in', `${(ours.preparedSeconds ?? 0).toFixed(1)} s`);
    const theirs = await measure<Extraction>('jsforce-extraction.ts', org);
    say('jsforce.bulk2.query, records only counted', `${theirs.seconds.toFixed(1)} s`);
    say('  records that it gave', `${theirs.rows} (${theirs.ended})`);
    say('  largest memory', `${theirs.maxRssMegabytes.toFixed(0)} MB`);
    say('  ours is faster by', `${(theirs.seconds / ours.seconds).toFixed(1)} ×`, '≥ 6 ×');
  } finally {
    server.kill('SIGKILL');
  }

  const home = join(folder, 'home');
  const days = await measure<{ generated: number; first: number; day: number; nothing: number }>('org-days.ts', home);
  say('org at scale 1 generated, with orders and rates', `${days.generated.toFixed(1)} s`, '≤ 20 s');
  say('its first run: extract, silver, CRM gold, publication', `${days.first.toFixed(1)} s`);
  say('the run after one simulated day', `${days.day.toFixed(1)} s`, '≤ 5 s');
  say('a run with nothing new', `${days.nothing.toFixed(1)} s`);
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
