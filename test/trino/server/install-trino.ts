import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TrinoRelease } from './releases.ts';

const run = promisify(execFile);

/**
 * The folder of an unpacked Trino server, reduced to what reads and writes Hive tables. The archive (800 MB) comes from where Maven is set
 * up to get artifacts; once unpacked it is kept in `cache`. Throws with what to do when it cannot be had.
 */
export async function installTrino(release: TrinoRelease, cache: string): Promise<string> {
  const home = join(cache, `trino-server-${release.version}`);
  if (existsSync(home)) return home;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'unpacking-'));
  try {
    const archive = await download(release, work);
    await run('tar', ['-xzf', archive, '-C', work]);
    const unpacked = join(work, `trino-server-${release.version}`);
    await keepOnlyHive(unpacked);
    // Whoever unpacked it first wins; the other's copy goes with its folder.
    await rename(unpacked, home).catch((error: unknown) => {
      if (!existsSync(home)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return home;
}

async function download({ version }: TrinoRelease, folder: string): Promise<string> {
  const artifact = `io.trino:trino-server:${version}:tar.gz`;
  const goal = ['-B', '-q', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`];
  // In the empty folder, so that no project's own settings are read.
  await run('mvn', goal, { cwd: folder, maxBuffer: 1 << 24 }).catch((cause: unknown) => {
    const isMissing = (cause as { code?: unknown }).code === 'ENOENT';
    const said = String((cause as { stdout?: unknown }).stdout ?? '').trim();
    const advice = isMissing ? 'Install Maven (the command mvn).' : `Maven said:\n${said}`;
    throw new Error(`Trino (${artifact}) could not be had. ${advice}`, { cause });
  });
  return join(folder, `trino-server-${version}.tar.gz`);
}

async function keepOnlyHive(home: string): Promise<void> {
  const plugins = await readdir(join(home, 'plugin'));
  const others = plugins.filter((name) => name !== 'hive').map((name) => join(home, 'plugin', name));
  for (const folder of [...others, join(home, 'secrets-plugin')]) await rm(folder, { recursive: true, force: true });
}
