import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    motoUrl: string;
  }
}

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const serveMoto = fileURLToPath(new URL('serve_moto.py', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/moto', import.meta.url));
const patienceMilliseconds = 60_000;

/** Starts moto on a free port, installed into an environment of its own the first time. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await install();
  const port = await freePort();
  const server = spawn(join(cache, 'bin', 'python3'), [serveMoto, String(port)], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await untilItServes(url, server);
  project.provide('motoUrl', url);
  return async () => {
    server.kill('SIGKILL');
  };
}

async function install(): Promise<void> {
  const stamp = join(cache, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await rm(cache, { recursive: true, force: true });
  await mkdir(cache, { recursive: true });
  try {
    execFileSync('python3', ['-m', 'venv', cache], { stdio: 'pipe' });
    execFileSync(join(cache, 'bin', 'pip'), ['install', '--quiet', '--requirement', requirements], { stdio: 'pipe' });
  } catch (error) {
    throw new Error('The tests of the AWS adapters need Python 3 with venv, and a package index for pip.', {
      cause: error,
    });
  }
  await writeFile(stamp, wanted);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function untilItServes(url: string, server: ChildProcess): Promise<void> {
  const deadline = performance.now() + patienceMilliseconds;
  while (server.exitCode === null && performance.now() < deadline) {
    const answer = await fetch(`${url}/moto-api/`).catch(() => null);
    if (answer?.ok) return;
    await wait(100);
  }
  server.kill('SIGKILL');
  throw new Error(`moto does not serve at ${url}.`);
}
