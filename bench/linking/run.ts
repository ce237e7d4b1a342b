import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { arch, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** `npm run bench:linking [accounts …]`: linking of simulated orgs, each in a process of its own; 20,000, 200,000 and 2,000,000 accounts. */
const goals: ReadonlyMap<number, number> = new Map([
  [20_000, 2],
  [200_000, 8],
  [2_000_000, 120],
]);
const asked = process.argv.slice(2).map(Number);
const run = promisify(execFile);

interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly maxRssMegabytes: number;
  readonly merged: number;
  readonly wrong: number;
  readonly models: Readonly<Record<string, number>>;
}

async function script(name: string, ...parameters: string[]): Promise<string> {
  const path = fileURLToPath(new URL(name, import.meta.url));
  const { stdout } = await run(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...parameters], {
    maxBuffer: 1e8,
  });
  return stdout;
}

function say(label: string, value: string, goal = '-'): void {
  process.stdout.write(`${label.padEnd(52)} ${value.padStart(12)}   goal ${goal}\n`);
}

process.stdout.write(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${arch()}, Node ${process.version}\n\n`,
);
for (const accounts of asked.length > 0 ? asked : goals.keys()) {
  const home = await mkdtemp(join(tmpdir(), 'headwater-bench-'));
  try {
    await script('prepare.ts', home, String(accounts / 20_000));
    const measured = JSON.parse(await script('link.ts', home)) as Measured;
    const goal = goals.has(accounts) ? `≤ ${goals.get(accounts)} s` : '-';
    say(`${accounts.toLocaleString('en')} accounts linked`, `${measured.seconds.toFixed(1)} s`, goal);
    say('  CPU seconds', measured.cpuSeconds.toFixed(1));
    say('  largest memory', `${measured.maxRssMegabytes.toFixed(0)} MB`, '≤ 6,000 MB');
    say('  pairs merged, and wrong ones among them', `${measured.merged}, ${measured.wrong}`);
    for (const [model, seconds] of Object.entries(measured.models)) say(`  ${model}`, `${seconds.toFixed(1)} s`);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
