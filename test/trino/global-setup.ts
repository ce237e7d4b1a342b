import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { installTrino } from './server/install-trino.ts';
import { findJava } from './server/java-homes.ts';
import { releaseFor } from './server/releases.ts';
import { startTrino } from './server/start-trino.ts';

/** The server that all suites of `npm run test:trino` share. */
export interface TrinoAddress {
  readonly url: string;
  /** A folder is named `<scheme>://<absolute path>` in Trino's SQL. */
  readonly scheme: 'local' | 'file';
  readonly version: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    trino: TrinoAddress;
  }
}

const cache = fileURLToPath(new URL('../../node_modules/.cache/trino', import.meta.url));

/** Gets Trino where it is not there yet, starts it once for all suites and ends it after them. Fails, rather than skips, without it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const java = await findJava(process.env);
  const release = releaseFor(java);
  const home = await installTrino(release, cache);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'headwater-trino-')));
  await mkdir(join(folder, 'metastore'));
  const server = await startTrino(java, release, home, folder);
  project.provide('trino', { url: server.url, scheme: release.scheme, version: release.version });
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
