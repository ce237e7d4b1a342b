import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { ObjectExistsError, ObjectNotFoundError } from '../domain/errors.ts';
import { assertSafeKey, keyProblem } from '../domain/object-key.ts';
import type { Lake } from '../ports/lake.ts';
import type { Workspace } from '../ports/workspace.ts';
import { fileError } from './folder/file-errors.ts';
import { uploadFile } from './s3/upload-file.ts';

const uploadsAtOnce = 4;

/**
 * Objects of the processed bucket as files below a temporary folder: downloaded when they are pulled, uploaded when they are pushed.
 * What was pushed stays there for whoever pulls it next; `clear` removes it all.
 */
export class S3Workspace implements Workspace {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #lake: Lake;
  readonly #parent: string;
  #root: Promise<string> | undefined;
  readonly #pulled = new Map<string, Promise<string>>();

  /** `lake` is the same bucket; `parent` is a local folder such as /tmp. */
  constructor(client: S3Client, bucket: string, lake: Lake, parent: string) {
    this.#client = client;
    this.#bucket = bucket;
    this.#lake = lake;
    this.#parent = parent;
  }

  async pull(key: string): Promise<string> {
    if (keyProblem(key) !== null) throw new ObjectNotFoundError(`There is no object '${key}'.`);
    const pulling = this.#pulled.get(key) ?? this.#download(key);
    this.#pulled.set(key, pulling);
    // A failure is not kept: the next one who asks tries again.
    pulling.catch(() => this.#pulled.delete(key));
    return await pulling;
  }

  async target(prefix: string): Promise<string> {
    assertSafeKey(prefix);
    const path = await this.#path('objects', prefix);
    await onDisk(`making the folder '${prefix}'`, () => mkdir(path, { recursive: true }));
    for await (const _ of this.#lake.list(`${prefix}/`)) throw occupied(prefix);
    if ((await readdir(path)).length > 0) throw occupied(prefix);
    return path;
  }

  async push(prefix: string): Promise<void> {
    const folder = await this.#path('objects', prefix);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (let first = 0; first < paths.length; first += uploadsAtOnce) {
      const batch = paths.slice(first, first + uploadsAtOnce);
      await Promise.all(batch.map((path) => this.#upload(path, prefix + path.slice(folder.length))));
    }
  }

  async scratch(): Promise<string> {
    const path = await this.#path('scratch', '');
    await onDisk('making a folder for intermediate files', () => mkdir(path, { recursive: true }));
    return path;
  }

  async clear(): Promise<void> {
    const root = this.#root;
    this.#root = undefined;
    this.#pulled.clear();
    if (root !== undefined) await rm(await root, { recursive: true, force: true, maxRetries: 3 });
  }

  async #download(key: string): Promise<string> {
    const path = await this.#path('objects', key);
    // Complete under its name, or not there.
    const partial = `${path}.partial`;
    await onDisk(`downloading '${key}'`, async () => {
      await mkdir(dirname(path), { recursive: true });
      await pipeline(Readable.from(this.#lake.read(key)), createWriteStream(partial));
      await rename(partial, path);
    });
    return path;
  }

  async #upload(path: string, key: string): Promise<void> {
    await uploadFile(this.#client, this.#bucket, path, key);
    this.#pulled.set(key, Promise.resolve(path));
  }

  async #path(area: string, key: string): Promise<string> {
    this.#root ??= onDisk('making a folder', () => mkdtemp(join(this.#parent, 'headwater-')));
    return join(await this.#root, area, key);
  }
}

function occupied(prefix: string): ObjectExistsError {
  return new ObjectExistsError(`The folder '${prefix}' is not empty; every attempt writes to a fresh one.`);
}

/** A full disk and its like become errors of ours; what the lake threw is one already. */
async function onDisk<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(error, doing);
  }
}
