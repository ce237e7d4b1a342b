import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { clientFiles } from '../../simulator/clients/client-files.ts';
import { makeClientPlan } from '../../simulator/clients/plan.ts';
import { dropKey } from '../../simulator/drops/drop-folder.ts';
import { territoriesWithRules } from './rules.ts';

/** `npm run bench:territories`: 200,000 clients × 50 rules through the whole pipeline, then a day's changes, then nothing new. */
const execute = promisify(execFile);
const settings = { seed: 1, scale: 113, lastDay: '2025-06-30', days: 120 };
const rules = 50;

interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly maxRssMegabytes: number;
  readonly stages: Readonly<Record<string, number>>;
  readonly tables: Readonly<Record<string, number>>;
}

const folder = await mkdtemp(join(tmpdir(), 'headwater-bench-'));
const raw = join(folder, 'raw');
const config = join(folder, 'config');
try {
  process.stdout.write(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}\n\n`,
  );
  await mkdir(config);
  await writeFile(join(config, 'territories.json'), JSON.stringify(await territoriesWithRules(rules)));
  const files = clientFiles(makeClientPlan(settings).world);
  const full = await writeNext(files, 195_000);
  say('the file read and written as Parquet by DuckDB', await bare(full.path), '-');
  report(`${full.records} clients × ${rules} rules`, await run(full.date));
  const delta = await writeNext(files);
  report(`the next day: ${delta.records} records`, await run(delta.date));
  report('run again, nothing new', await run(delta.date), '≤ 3 s');
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Drops the next file with so many records. */
async function writeNext(files: ReturnType<typeof clientFiles>, least = 0) {
  let next = files.next();
  while (next.done !== true && next.value.records < least) next = files.next();
  if (next.done === true) throw new Error('the simulator has no such file any more');
  const { file, records } = next.value;
  const path = join(raw, dropKey(file.dataset, file.name));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, file.content);
  return { path, records, date: file.date };
}

async function run(asOf: string): Promise<Measured> {
  const script = fileURLToPath(new URL('../pipeline-run.ts', import.meta.url));
  const parameters = ['--disable-warning=ExperimentalWarning', script, folder, asOf, config];
  const { stdout } = await execute(process.execPath, parameters, { maxBuffer: 1e8 });
  return JSON.parse(stdout) as Measured;
}

async function bare(path: string): Promise<string> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  const started = performance.now();
  await connection.run(`copy (from read_csv('${path}')) to '${join(folder, 'bare.parquet')}'`);
  return `${((performance.now() - started) / 1_000).toFixed(1)} s`;
}

/** All that assigns: the rules and their history are one code model, whose tables are written one by one. */
const assigning = [
  'silver.client_history',
  'gold.client_dim',
  'gold.assignments_fact',
  'gold.assignment_decision',
  'gold.assignment_change',
  'gold.advisor_workload',
];

function report(label: string, measured: Measured, goal = '-'): void {
  say(label, `${measured.seconds.toFixed(1)} s`, goal);
  const seconds = (tables: readonly string[]) => tables.reduce((sum, table) => sum + (measured.tables[table] ?? 0), 0);
  say('  history and assignment, read and written', `${seconds(assigning).toFixed(1)} s`, '≤ 10 s');
  say('  duplicates', `${seconds(['gold.client_duplicate']).toFixed(1)} s`, '≤ 10 s');
  say("  the API's snapshot", `${(measured.stages['serve-publication'] ?? 0).toFixed(1)} s`, '-');
  say('  CPU', `${measured.cpuSeconds.toFixed(1)} s`, '-');
  say('  largest memory', `${measured.maxRssMegabytes.toFixed(0)} MB`, '-');
  for (const [table, seconds] of Object.entries(measured.tables))
    if (seconds >= 0.1) say(`  ${table}`, `${seconds.toFixed(1)} s`, '-');
}

function say(label: string, value: string, goal: string): void {
  process.stdout.write(`${label.padEnd(52)} ${value.padStart(12)}   goal ${goal}\n`);
}
