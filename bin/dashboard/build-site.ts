import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TerminalError } from '../../lambdas/domain/errors.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
const builder = join(project, 'node_modules', 'vite', 'bin', 'vite.js');
const sources = join(project, 'dashboard');
/** The built dashboard. */
export const builtSite = join(sources, 'dist');
/** Beside the built files: hash of the sources that they were made from. */
const stamp = join(builtSite, 'sources.sha256');

/** Builds the dashboard unless it was built from these very sources. Throws TerminalError when the builder fails. */
export async function haveSite(say: (line: string) => void): Promise<void> {
  const hash = await sourcesHash();
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === hash) return;
  // An installation without development packages serves what was built for it.
  if (!existsSync(builder)) return;
  say('Building the dashboard …');
  await build();
  await writeFile(stamp, hash);
}

async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(sources, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of [...files, join(project, 'package-lock.json')].sort()) {
    if (file.startsWith(builtSite)) continue;
    hash.update(file.slice(project.length)).update('\0');
    hash.update(await readFile(file)).update('\0');
  }
  return hash.digest('hex');
}

async function build(): Promise<void> {
  const child = spawn(process.execPath, [builder, 'build', sources, '--logLevel', 'error'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Whatever this process is: React's checks for developers would double what readers load.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new TerminalError(`The dashboard could not be built:\n${said.trim()}`);
}
