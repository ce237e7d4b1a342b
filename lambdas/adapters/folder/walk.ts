import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import type { ObjectInfo } from '../../ports/lake.ts';
import { isMissing } from './file-errors.ts';
import { isReserved, kindOf, type LocalPath, nameToText, pathOf } from './key-path.ts';

/** Entries looked at together: enough to keep the thread pool busy, few enough that a reader who stops early wasted little. */
const batchSize = 64;
const furthestTime = 8_640_000_000_000_000;

interface Entry {
  readonly path: Buffer;
  /** Of a folder, with `/` behind it: then byte order of entries is byte order of the keys below them. */
  readonly key: string;
  readonly sortedBy: Buffer;
  readonly isFolder: boolean;
}

export function infoOf(key: string, bytes: bigint, modifiedNs: bigint): ObjectInfo {
  const milliseconds = Math.max(-furthestTime, Math.min(furthestTime, Number(modifiedNs / 1_000_000n)));
  return {
    key,
    bytes: Number(bytes),
    version: `${bytes}-${modifiedNs}`,
    modifiedAt: new Date(milliseconds).toISOString(),
  };
}

/** Plain files whose key begins with the prefix, in the order of keys; links and special files do not exist here. */
export async function* walk(root: string, prefix: string): AsyncGenerator<ObjectInfo> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const path = folder === '' ? root : pathOf(root, folder.slice(0, -1));
  if (path === null || (path !== root && kindOf(path) !== 'folder')) return;
  // A stack instead of recursion: producers can nest folders deeper than calls.
  const pending = await entriesOf(Buffer.from(path), folder, prefix);
  while (pending.length > 0) {
    const infos = await Promise.all(takeFiles(pending).map((entry) => infoAt(entry.path, entry.key)));
    for (const info of infos) if (info !== null) yield info;
    if (pending.at(-1)?.isFolder !== true) continue;
    const next = pending.pop();
    // Looked at again, as it may have been replaced by a link since its parent was read.
    if (next === undefined || kindOf(next.path) !== 'folder') continue;
    for (const entry of await entriesOf(next.path, next.key, prefix)) pending.push(entry);
  }
}

/** Takes files off the end, up to a batch or the next folder. */
function takeFiles(pending: Entry[]): Entry[] {
  let count = 0;
  while (count < batchSize && pending.at(-1 - count)?.isFolder === false) count += 1;
  return pending.splice(pending.length - count).reverse();
}

/** What may match in a folder, the first key last. */
async function entriesOf(path: Buffer, folder: string, prefix: string): Promise<Entry[]> {
  const entries = await readdir(path, { withFileTypes: true, encoding: 'buffer' }).catch(
    orNothing<Dirent<Buffer>[]>([]),
  );
  return entries
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map((entry) => {
      const slash = entry.isDirectory() ? '/' : '';
      return {
        key: `${folder}${nameToText(entry.name)}${slash}`,
        path: Buffer.concat([path, Buffer.from('/'), entry.name]),
        sortedBy: Buffer.concat([entry.name, Buffer.from(slash)]),
        isFolder: entry.isDirectory(),
      };
    })
    .filter(({ key, isFolder }) => !isReserved(key) && (key.startsWith(prefix) || (isFolder && prefix.startsWith(key))))
    .sort((one, other) => Buffer.compare(other.sortedBy, one.sortedBy));
}

/** The plain file at a path, as the object with the key; null when it has gone. */
export async function infoAt(path: LocalPath, key: string): Promise<ObjectInfo | null> {
  const stat = await lstat(path, { bigint: true }).catch(orNothing(null));
  return stat?.isFile() === true ? infoOf(key, stat.size, stat.mtimeNs) : null;
}

function orNothing<T>(nothing: T): (error: unknown) => T {
  return (error) => {
    if (isMissing(error)) return nothing;
    throw error;
  };
}
