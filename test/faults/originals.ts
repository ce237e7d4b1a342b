import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { reasonsSuffix } from '../../lambdas/domain/archive-key.ts';

/** A file that a producer dropped, wherever it lies now. */
export interface Original {
  /** Key in the raw bucket. */
  readonly key: string;
  readonly sha256: string;
}

/** Every original below landing/, archive/ and rejected/; files of reasons are ours and left out. */
export async function originals(home: string): Promise<Original[]> {
  const keys = (await keysBelow(join(home, 'raw'))).filter((key) => !key.endsWith(reasonsSuffix));
  return await Promise.all(
    keys
      .filter((key) => /^(landing|archive|rejected)\//.test(key))
      .map(async (key) => ({ key, sha256: sha256(await readFile(join(home, 'raw', key))) })),
  );
}

/** Contents with repetitions, in a stable order: nothing was lost or copied as long as it stays the same. */
export function contents(found: readonly Original[]): string[] {
  return found.map((original) => original.sha256).toSorted();
}

export function sha256(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Paths of all files below a folder, as keys. */
async function keysBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted();
}
