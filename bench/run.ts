import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { arch, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeOneMoreDay, writeSalesFiles } from './sales-files.ts';
import { benchStructure } from './structure.ts';

/** `npm run bench`: the figures of bench/README.md, each run in a process of its own, best of three where it is short. */
const run = promisify(execFile);
const lines = 5_000_000;
const files = 50;
const asOf = '2024-12-31';

interface Measured {
  readonly seconds: number;
  readonly maxRssMegabytes: number;
  readonly stages?: Record<string, number>;
}

async function measure(script: string, ...parameters: string[]): Promise<Measured> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { stdout } = await run(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...parameters], {
    maxBuffer: 1e8,
  });
  return JSON.parse(stdout) as Measured;
}

/** A run collects, builds and publishes; then it makes what the API reads. */
function untilPublished({ seconds, stages }: Measured): number {
  return seconds - (stages?.['serve-publication'] ?? 0);
}

function say(label: string, value: string, goal: string): void {
  process.stdout.write(`${label.padEnd(52)} ${value.padStart(12)}   goal ${goal}\n`);
}

const folder = await mkdtemp(join(tmpdir(), 'headwater-bench-'));
try {
  process.stdout.write(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${arch()}, Node ${process.version}\n\n`,
  );
  const structure = await benchStructure();
  say('structure check, one core', `${(structure.megabytes / structure.seconds).toFixed(0)} MB/s`, '≥ 100 MB/s');
  say('  SHA-256 of the same bytes', `${(structure.megabytes / structure.sha256Seconds).toFixed(0)} MB/s`, '-');

  const home = join(folder, 'home');
  await writeSalesFiles(join(home, 'raw'), lines, files);
  const bare: Measured[] = [];
  for (const attempt of [1, 2, 3])
    bare.push(await measure('bare-duckdb.ts', join(home, 'raw'), join(folder, `bare-${attempt}`)));
  const best = Math.min(...bare.map((one) => one.seconds));
  say(`bare DuckDB script, ${lines / 1e6} M lines`, `${best.toFixed(1)} s`, '-');

  const first = await measure('pipeline-run.ts', home, asOf);
  say(`pipeline, ${lines / 1e6} M lines in ${files} files`, `${untilPublished(first).toFixed(1)} s`, '≤ 10 s');
  say('  against the bare script', `${(untilPublished(first) / best).toFixed(1)} ×`, '≤ 5 ×');
  say("  with the API's snapshot behind it", `${first.seconds.toFixed(1)} s`, '-');
  say('  largest memory', `${first.maxRssMegabytes.toFixed(0)} MB`, '≤ 2,000 MB');
  // Of stages whose parts run side by side these are the seconds of all parts.
  for (const [stage, seconds] of Object.entries(first.stages ?? {})) say(`  ${stage}`, `${seconds.toFixed(1)} s`, '-');

  await writeOneMoreDay(join(home, 'raw'), 10_000);
  const day = await measure('pipeline-run.ts', home, asOf);
  say('one more day of 10,000 lines', `${untilPublished(day).toFixed(1)} s`, '≤ 3 s');
  say("  with the API's snapshot behind it", `${day.seconds.toFixed(1)} s`, '-');
  const nothing = await measure('pipeline-run.ts', home, asOf);
  say('a run with nothing new', `${nothing.seconds.toFixed(1)} s`, '-');
} finally {
  await rm(folder, { recursive: true, force: true });
}
