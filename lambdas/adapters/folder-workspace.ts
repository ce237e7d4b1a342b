import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ObjectExistsError, ObjectNotFoundError } from '../domain/errors.ts';
import { assertSafeKey } from '../domain/object-key.ts';
import type { Workspace } from '../ports/workspace.ts';
import { errorCode, fileError } from './folder/file-errors.ts';
import { kindOf, pathOf, writablePath } from './folder/key-path.ts';

/** Stands between owner and random part of a scratch folder's name; no owner has it. */
const separator = '~';

/**
 * The processed bucket's folder itself: an engine reads and writes its files in place, so that nothing is copied. Scratch folders lie
 * in `<root>/.scratch`, named after the process that made them.
 */
export class FolderWorkspace implements Workspace {
  readonly #root: string;
  readonly #owner: string;
  readonly #isAlive: (owner: string) => boolean;
  #scratch: Promise<string> | undefined;

  /** `owner` names this process, `isAlive` tells whether the process of such a name still runs. */
  constructor(root: string, process: { owner: string; isAlive: (owner: string) => boolean }) {
    this.#root = resolve(root);
    this.#owner = process.owner;
    this.#isAlive = process.isAlive;
  }

  async pull(key: string): Promise<string> {
    const path = pathOf(this.#root, key);
    if (typeof path !== 'string' || kindOf(path) !== 'file') {
      throw new ObjectNotFoundError(`There is no object '${key}'.`);
    }
    return path;
  }

  async target(prefix: string): Promise<string> {
    assertSafeKey(prefix);
    const path = writablePath(this.#root, prefix);
    const occupied = new ObjectExistsError(`The folder '${prefix}' is not empty; every attempt writes to a fresh one.`);
    if (['file', 'other'].includes(kindOf(path))) throw occupied;
    const entries = await attempt(`making the folder '${prefix}'`, async () => {
      await mkdir(path, { recursive: true });
      return readdir(path);
    });
    if (entries.length > 0) throw occupied;
    return path;
  }

  /** Files lie where they belong already. */
  async push(_prefix: string): Promise<void> {}

  async scratch(): Promise<string> {
    this.#scratch ??= this.#makeScratch();
    return this.#scratch;
  }

  async clear(): Promise<void> {
    const scratch = this.#scratch;
    this.#scratch = undefined;
    if (scratch === undefined) return;
    const path = await scratch;
    await attempt('removing intermediate files', () => rm(path, { recursive: true, force: true, maxRetries: 3 }));
  }

  async #makeScratch(): Promise<string> {
    return attempt('making a folder for intermediate files', async () => {
      await this.#removeStale();
      const path = `${this.#root}/.scratch/${encodeURIComponent(this.#owner)}${separator}${randomUUID().slice(0, 8)}`;
      await mkdir(path, { recursive: true });
      return path;
    });
  }

  /** A killed process cannot remove its scratch folder; the next one does. */
  async #removeStale(): Promise<void> {
    const folder = `${this.#root}/.scratch`;
    if (kindOf(folder) !== 'folder') return;
    for (const name of await readdir(folder)) {
      const owner = ownerOf(name);
      if (owner === null || this.#isAlive(owner)) continue;
      await rm(`${folder}/${name}`, { recursive: true, force: true, maxRetries: 3 });
    }
  }
}

function ownerOf(name: string): string | null {
  const end = name.lastIndexOf(separator);
  try {
    return end === -1 ? null : decodeURIComponent(name.slice(0, end));
  } catch {
    // Somebody else's folder.
    return null;
  }
}

async function attempt<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (['EEXIST', 'ENOTDIR'].includes(errorCode(error))) {
      throw new ObjectExistsError(`While ${doing}: a file stands where a folder is needed.`, { cause: error });
    }
    throw fileError(error, doing);
  }
}
