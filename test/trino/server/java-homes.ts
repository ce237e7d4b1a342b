import { execFile } from 'node:child_process';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface JavaHome {
  readonly home: string;
  /** 17, 21, 25 … */
  readonly version: number;
}

/** Where systems keep their Javas, each with the folder below that is the home. */
const places: readonly (readonly [folder: string, below: string])[] = [
  ['/usr/lib/jvm', ''],
  ['/opt/java', ''],
  ['/Library/Java/JavaVirtualMachines', 'Contents/Home'],
];

/**
 * The Java that Trino runs on: the one that HEADWATER_TRINO_JAVA names, else the newest of those installed. Throws with what to do when
 * there is none.
 */
export async function findJava(environment: Readonly<Record<string, string | undefined>>): Promise<JavaHome> {
  const named = environment.HEADWATER_TRINO_JAVA;
  const candidates = named === undefined ? await installed(environment.JAVA_HOME) : [named];
  const found = (await Promise.all(candidates.map(readHome))).filter((java) => java !== null);
  const [newest] = found.toSorted((a, b) => b.version - a.version);
  if (newest !== undefined) return newest;
  throw new Error(
    `Trino needs a Java, and none is in ${candidates.join(', ') || 'sight'}. Install one (Java 25 is best), or name its home in HEADWATER_TRINO_JAVA.`,
  );
}

async function installed(javaHome: string | undefined): Promise<string[]> {
  const listed = await Promise.all(
    places.map(async ([folder, below]) =>
      (await readdir(folder).catch(() => [])).map((name) => join(folder, name, below)),
    ),
  );
  const onPath = await promisify(execFile)('/bin/sh', ['-c', 'command -v java'])
    .then(async ({ stdout }) => [dirname(dirname(await realpath(stdout.trim())))])
    .catch(() => []);
  return [...(javaHome === undefined ? [] : [javaHome]), ...listed.flat(), ...onPath];
}

/** Every Java since 9 says in `release` which it is. */
async function readHome(home: string): Promise<JavaHome | null> {
  const text = await readFile(join(home, 'release'), 'utf8').catch(() => '');
  const version = /^JAVA_VERSION="(\d+)/m.exec(text)?.[1];
  return version === undefined ? null : { home, version: Number(version) };
}
