import { constants } from 'node:fs';
import { lstat, open, rename, rmdir, unlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ObjectExistsError, ObjectNotFoundError, UnsafeKeyError } from '../domain/errors.ts';
import { assertSafeKey } from '../domain/object-key.ts';
import type { Lake, ObjectInfo } from '../ports/lake.ts';
import { AtomicFiles, inFolder } from './folder/atomic-files.ts';
import { errorCode, fileError, isMissing } from './folder/file-errors.ts';
import { kindOf, type LocalPath, pathOf, writablePath } from './folder/key-path.ts';
import { infoAt, infoOf, walk } from './folder/walk.ts';

const chunkBytes = 256 * 1024;
/** Never through a link, and never waiting for the writer of a named pipe. */
const readFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Objects as plain files below a folder. Producers put files there with their own tools, so names that no key should have are listed,
 * read and moved away like any other; links and special files are not objects.
 */
export class FolderLake implements Lake {
  readonly #root: string;
  readonly #files: AtomicFiles;

  constructor(root: string) {
    this.#root = resolve(root);
    this.#files = new AtomicFiles(this.#root);
  }

  async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    try {
      yield* walk(this.#root, prefix);
    } catch (error) {
      throw fileError(error, `listing objects below '${prefix}'`);
    }
  }

  async head(key: string): Promise<ObjectInfo | null> {
    const path = pathOf(this.#root, key);
    return path === null ? null : guarded(`looking for '${key}'`, () => infoAt(path, key));
  }

  async *read(key: string, from = 0): AsyncGenerator<Uint8Array> {
    const path = pathOf(this.#root, key);
    if (path === null) throw notFound(key);
    try {
      yield* readChunks(path, from);
    } catch (error) {
      throw isMissing(error) ? notFound(key, error) : fileError(error, `reading '${key}'`);
    }
  }

  async write(key: string, body: Uint8Array | string, options: { createOnly?: boolean } = {}): Promise<ObjectInfo> {
    assertSafeKey(key);
    const path = writablePath(this.#root, key);
    const written = await guarded(`writing '${key}'`, () =>
      options.createOnly === true ? this.#files.create(path, body) : this.#files.replace(path, body),
    );
    if (written === null) throw new ObjectExistsError(`The object '${key}' exists already.`);
    return infoOf(key, written.bytes, written.modifiedNs);
  }

  /** If both objects exist, the source replaces the target. */
  async move(from: string, to: string): Promise<void> {
    assertSafeKey(to);
    const target = writablePath(this.#root, to);
    await guarded(`moving '${from}' to '${to}'`, async () => {
      const source = pathOf(this.#root, from);
      if (source !== null && kindOf(source) === 'file' && (await renamed(source, target))) return;
      if (kindOf(target) !== 'file') throw notFound(from);
    });
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) assertSafeKey(key);
    for (const key of keys) {
      const path = pathOf(this.#root, key);
      if (path === null || kindOf(path) !== 'file') continue;
      await guarded(`removing '${key}'`, () => unlinked(path));
      await this.#prune(key);
    }
  }

  /** Where an object lies, or would lie, for tools that work on paths. */
  localPath(key: string): string {
    const path = pathOf(this.#root, key);
    if (typeof path !== 'string') {
      throw new UnsafeKeyError(`The object key ${JSON.stringify(key)} has no path below ${this.#root}.`);
    }
    return path;
  }

  /** Removes folders that became empty; the areas, and what producers drop into (`landing/<dataset>`), stay. */
  async #prune(key: string): Promise<void> {
    const parts = key.split('/');
    const kept = parts[0] === 'landing' ? 2 : 1;
    for (let depth = parts.length - 1; depth > kept; depth -= 1) {
      try {
        await rmdir(`${this.#root}/${parts.slice(0, depth).join('/')}`);
      } catch {
        // Not empty, or gone: in either case there is nothing to do above it.
        return;
      }
    }
  }
}

async function guarded<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (['EISDIR', 'ENOTDIR', 'EEXIST'].includes(errorCode(error))) {
      throw new ObjectExistsError(
        `While ${doing}: a file stands where a folder is needed, or a folder where a file is.`,
        {
          cause: error,
        },
      );
    }
    throw fileError(error, doing);
  }
}

/** False when the source has gone meanwhile. */
async function renamed(source: LocalPath, target: string): Promise<boolean> {
  try {
    await inFolder(target, () => rename(source, target));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && kindOf(source) === 'none') return false;
    throw error;
  }
  // Renaming one hard link of a file to another one does nothing, and reports success. (Where names ignore case, both may also be
  // one and the same name: then there is a single link, and it must stay.)
  const [left, moved] = await Promise.all([source, target].map((path) => lstat(path).catch(() => null)));
  const isLeftOver = left && moved && left.ino === moved.ino && left.dev === moved.dev && moved.nlink > 1;
  if (isLeftOver && source !== target) await unlinked(source);
  return true;
}

async function unlinked(path: LocalPath): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
}

async function* readChunks(path: LocalPath, from: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, readFlags);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw Object.assign(new Error('not a plain file'), { code: 'ENOENT' });
    for (let position = from; ; ) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

function notFound(key: string, cause?: unknown): ObjectNotFoundError {
  return new ObjectNotFoundError(`There is no object '${key}'.`, { cause });
}
