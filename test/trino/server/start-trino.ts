import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { JavaHome } from './java-homes.ts';
import type { TrinoRelease } from './releases.ts';

export interface RunningTrino {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  stop(): Promise<void>;
}

const startSeconds = 120;

/**
 * Starts a Trino server with one catalog, `hive`, over folders of this machine; its metastore is files in `folder`. Ready when this
 * returns. Throws with the end of its log when it does not come up.
 */
export async function startTrino(
  java: JavaHome,
  release: TrinoRelease,
  home: string,
  folder: string,
): Promise<RunningTrino> {
  const port = await freePort();
  await configure(release, home, folder, port);
  const logFile = join(folder, 'server.log');
  const log = await open(logFile, 'w');
  const child = spawn(join(java.home, 'bin/java'), javaArguments(release, home, folder), {
    cwd: folder,
    stdio: ['ignore', log.fd, log.fd],
  });
  await log.close();
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    process.off('exit', kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    // Nothing it holds is kept, so it need not say good-bye.
    child.kill('SIGKILL');
    await ended;
  };
  try {
    await untilReady(url, child);
  } catch (cause) {
    await stop();
    const said = complaints(await readFile(logFile, 'utf8'));
    throw new Error(`Trino ${release.version} on Java ${java.version} did not start:\n${said}`, { cause });
  }
  return { url, stop };
}

function javaArguments(release: TrinoRelease, home: string, folder: string): string[] {
  return [
    '-Xmx2G',
    '-XX:+UseSerialGC',
    // It runs for minutes on few cores: quick compilation is worth more than good code.
    '-XX:TieredStopAtLevel=1',
    '-Djdk.attach.allowAttachSelf=true',
    ...release.javaOptions,
    '-Duser.timezone=UTC',
    '-Dnode.environment=test',
    '-Dnode.id=one',
    `-Dnode.data-dir=${join(folder, 'data')}`,
    `-Dconfig=${join(folder, 'etc/config.properties')}`,
    `-Dlog.levels-file=${join(folder, 'etc/log.properties')}`,
    '-cp',
    join(home, 'lib/*'),
    'io.trino.server.TrinoServer',
  ];
}

async function configure(release: TrinoRelease, home: string, folder: string, port: number): Promise<void> {
  const files = {
    'config.properties': [
      'coordinator=true',
      'node-scheduler.include-coordinator=true',
      `http-server.http.port=${port}`,
      `discovery.uri=http://127.0.0.1:${port}`,
      'node.internal-address=127.0.0.1',
      `plugin.dir=${join(home, 'plugin')}`,
      `catalog.config-dir=${join(folder, 'etc/catalog')}`,
    ],
    'log.properties': ['io.trino=WARN', 'io.airlift=WARN'],
    'catalog/hive.properties': [
      'connector.name=hive',
      'hive.metastore=file',
      `hive.metastore.catalog.dir=${release.scheme}://${join(folder, 'metastore')}`,
      'hive.security=allow-all',
      'hive.non-managed-table-writes-enabled=true',
      'hive.allow-register-partition-procedure=true',
      'hive.parquet.use-column-names=true',
      'hive.recursive-directories=true',
      'hive.compression-codec=ZSTD',
      ...release.hiveProperties,
    ],
  };
  await mkdir(join(folder, 'etc/catalog'), { recursive: true });
  for (const [name, lines] of Object.entries(files)) {
    await writeFile(join(folder, 'etc', name), `${lines.join('\n')}\n`);
  }
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < startSeconds * 4; waited += 1) {
    if (child.exitCode !== null) throw new Error(`Java ended with ${child.exitCode}.`);
    const info = await fetch(`${url}/v1/info`)
      .then(async (reply) => (await reply.json()) as { starting?: boolean })
      .catch(() => null);
    if (info?.starting === false) return;
    await wait(250);
  }
  throw new Error(`Not ready after ${startSeconds} seconds.`);
}

/** Of a log the lines that say what is wrong, or its end. */
function complaints(log: string): string {
  const lines = log.split('\n').filter((line) => /^\d+\) |\bERROR\b|^(?:Error|Caused by)\b|Exception/.test(line));
  return lines.length > 0 ? lines.slice(0, 20).join('\n') : log.slice(-2000);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
