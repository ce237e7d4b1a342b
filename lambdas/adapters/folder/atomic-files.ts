import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './file-errors.ts';

/** Size and modification time of a file just written. */
export interface Written {
  readonly bytes: bigint;
  readonly modifiedNs: bigint;
}

const staleAfterMilliseconds = 24 * 3_600_000;

let lastMicroseconds = 0;

/** Writes whole files below a root: under a temporary name in `<root>/.tmp` first, then put in place by one rename or link. */
export class AtomicFiles {
  readonly #folder: string;
  readonly #durable: boolean;
  #tidied: Promise<void> | undefined;

  /** With `durable`, content reaches the disk before it gets its name, so that it also survives a power cut. */
  constructor(root: string, options: { durable?: boolean } = {}) {
    this.#folder = `${root}/.tmp`;
    this.#durable = options.durable ?? false;
  }

  /** Creates or replaces the file. */
  async replace(path: string, body: Uint8Array | string): Promise<Written> {
    return this.#put(path, body, (temporary) => rename(temporary, path));
  }

  /** Creates the file, or returns null when there is one: of several writers exactly one wins. */
  async create(path: string, body: Uint8Array | string): Promise<Written | null> {
    try {
      // A link, other than a rename, fails when the name is taken.
      return await this.#put(path, body, (temporary) => link(temporary, path));
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return null;
      throw error;
    }
  }

  async #put(path: string, body: Uint8Array | string, place: (temporary: string) => Promise<void>): Promise<Written> {
    const { temporary, written } = await this.#writeTemporary(body);
    try {
      await inFolder(path, () => place(temporary));
    } finally {
      await rm(temporary, { force: true });
    }
    return written;
  }

  async #writeTemporary(body: Uint8Array | string): Promise<{ temporary: string; written: Written }> {
    this.#tidied ??= this.#tidy();
    await this.#tidied;
    const temporary = `${this.#folder}/.${process.pid}-${randomUUID()}`;
    const file = await inFolder(temporary, () => open(temporary, 'wx'));
    try {
      await file.writeFile(body);
      const seconds = nextModificationTime();
      await file.utimes(seconds, seconds);
      if (this.#durable) await file.sync();
      const { size, mtimeNs } = await file.stat({ bigint: true });
      return { temporary, written: { bytes: size, modifiedNs: mtimeNs } };
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  }

  /** Removes what killed processes left behind. Nobody needs it, so that failing to do it is no failure. */
  async #tidy(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) {
      const path = `${this.#folder}/${name}`;
      const age = await stat(path).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > staleAfterMilliseconds) await unlink(path).catch(() => undefined);
    }
  }
}

/** Each one fails only if another process removes the folder between two calls. */
const folderAttempts = 100;

/** Runs a call that needs the path's folder; another process may remove the folder, when it is empty, at any moment. */
export async function inFolder<T>(path: string, call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await mkdir(dirname(path), { recursive: true });
      return await call();
    } catch (error) {
      // ENOTDIR: the folder went away while its parents were being made.
      if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error)) || attempt === folderAttempts) throw error;
    }
  }
}

/**
 * A modification time that no earlier write of this process has, as a version is size and time. The kernel's own time stamps tick
 * only every 4 ms, too coarse to tell two writes of equal size apart.
 */
function nextModificationTime(): number {
  const now = Date.now() * 1_000 + Math.floor(Math.random() * 1_000);
  lastMicroseconds = Math.max(now, lastMicroseconds + 1);
  // Half a microsecond more, as libuv cuts the fraction off.
  return (lastMicroseconds + 0.5) / 1_000_000;
}
