import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { CorruptStateError, ObjectNotFoundError } from '../domain/errors.ts';
import { servedCollections } from '../domain/serving/collections.ts';
import { type ServingPointer, servingPointerKey, servingPointerSchema } from '../domain/serving/serving-pointer.ts';
import type { Lake } from '../ports/lake.ts';
import type { ServingSnapshot, ServingStore } from '../ports/serving-store.ts';
import type { Workspace } from '../ports/workspace.ts';
import { SqliteSnapshot } from './serving/sqlite-snapshot.ts';

interface Opened {
  readonly snapshot: SqliteSnapshot;
  readonly pointer: ServingPointer;
  readonly workspace: Workspace;
}

/**
 * Follows `serving/current.json` by the version of that object: a new snapshot is fetched, its hash compared, opened, and only then
 * served. The one before stays open, so that whoever pages through it comes to the end of it.
 */
export class SqliteServingStore implements ServingStore {
  readonly #lake: Lake;
  readonly #workspace: () => Workspace;
  readonly #now: () => Date;
  /** The newest first; two at most. */
  #opened: readonly Opened[] = [];
  /** Version of the pointer object that was taken over. */
  #version: string | null = null;
  #problem: string | null = null;
  #refreshing: Promise<void> | undefined;

  /** `workspace` gives a fresh one for each snapshot: on AWS it holds the file until the snapshot is closed. */
  constructor(lake: Lake, workspace: () => Workspace, now: () => Date) {
    this.#lake = lake;
    this.#workspace = workspace;
    this.#now = now;
  }

  current(): ServingSnapshot | null {
    return this.#opened[0]?.snapshot ?? null;
  }

  of(runId: string): ServingSnapshot | null {
    return this.#opened.find(({ pointer }) => pointer.run_id === runId)?.snapshot ?? null;
  }

  problem(): string | null {
    return this.#problem;
  }

  /** Requests that ask at the same time share one look. */
  async refresh(): Promise<void> {
    this.#refreshing ??= this.#look().finally(() => {
      this.#refreshing = undefined;
    });
    await this.#refreshing;
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = [];
    this.#version = null;
    for (const each of opened) await dispose(each);
  }

  async #look(): Promise<void> {
    try {
      const info = await this.#lake.head(servingPointerKey);
      if (info === null || info.version === this.#version) return;
      const pointer = await this.#pointer();
      if (pointer !== null && this.#isNewer(pointer)) await this.#take(pointer);
      this.#version = info.version;
      this.#problem = null;
    } catch (error) {
      // The reader has the old snapshot, and the next look tries again.
      this.#problem = error instanceof Error ? error.message : String(error);
    }
  }

  async #pointer(): Promise<ServingPointer | null> {
    const chunks: Uint8Array[] = [];
    try {
      for await (const chunk of this.#lake.read(servingPointerKey)) chunks.push(chunk);
    } catch (error) {
      if (error instanceof ObjectNotFoundError) return null;
      throw error;
    }
    try {
      return servingPointerSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    } catch (cause) {
      throw new CorruptStateError(`${servingPointerKey} is not readable.`, { cause });
    }
  }

  /** A run that was overtaken may write its pointer late. */
  #isNewer(pointer: ServingPointer): boolean {
    const served = this.#opened[0]?.pointer;
    return served === undefined || (pointer.key !== served.key && pointer.generation >= served.generation);
  }

  async #take(pointer: ServingPointer): Promise<void> {
    const workspace = this.#workspace();
    const opened = await this.#open(pointer, workspace).catch(async (error: unknown) => {
      await workspace.clear();
      throw error;
    });
    const [current, ...older] = this.#opened;
    this.#opened = current === undefined ? [opened] : [opened, current];
    for (const each of older) await dispose(each);
  }

  async #open(pointer: ServingPointer, workspace: Workspace): Promise<Opened> {
    const path = await workspace.pull(pointer.key);
    const sha256 = await hashOf(path);
    if (sha256 !== pointer.sha256) {
      throw new CorruptStateError(
        `The snapshot ${pointer.key} is damaged: its content has the hash ${sha256}, and ${pointer.sha256} was expected.`,
      );
    }
    const meta = {
      runId: pointer.run_id,
      asOf: pointer.as_of,
      publishedAt: pointer.published_at,
      sha256,
      bytes: pointer.bytes,
      loadedAt: this.#now().toISOString(),
    };
    return { snapshot: new SqliteSnapshot(path, meta, servedCollections([])), pointer, workspace };
  }
}

async function dispose({ snapshot, workspace }: Opened): Promise<void> {
  snapshot.close();
  await workspace.clear();
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
