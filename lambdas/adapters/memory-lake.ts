import { ObjectExistsError, ObjectNotFoundError } from '../domain/errors.ts';
import { assertSafeKey } from '../domain/object-key.ts';
import type { Lake, ObjectInfo } from '../ports/lake.ts';

const chunkBytes = 64 * 1024;

interface StoredObject {
  readonly info: ObjectInfo;
  readonly body: Uint8Array;
}

/** A lake for tests, gone with the process. */
export class MemoryLake implements Lake {
  readonly #objects = new Map<string, StoredObject>();
  readonly #now: () => Date;
  #writes = 0;

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    const found = [...this.#objects.values()].map(({ info }) => info).filter(({ key }) => key.startsWith(prefix));
    yield* found.sort((one, other) => Buffer.compare(Buffer.from(one.key), Buffer.from(other.key)));
  }

  async head(key: string): Promise<ObjectInfo | null> {
    return this.#objects.get(key)?.info ?? null;
  }

  async *read(key: string, from = 0): AsyncGenerator<Uint8Array> {
    const { body } = this.#found(key);
    for (let offset = from; offset < body.length; offset += chunkBytes) yield body.slice(offset, offset + chunkBytes);
  }

  async write(key: string, body: Uint8Array | string, options: { createOnly?: boolean } = {}): Promise<ObjectInfo> {
    assertSafeKey(key);
    if (options.createOnly === true && this.#objects.has(key)) {
      throw new ObjectExistsError(`The object '${key}' exists already.`);
    }
    return this.plant(key, body);
  }

  async move(from: string, to: string): Promise<void> {
    assertSafeKey(to);
    if (!this.#objects.has(from) && this.#objects.has(to)) return;
    const object = this.#found(from);
    this.#objects.delete(from);
    this.#objects.set(to, { ...object, info: { ...object.info, key: to } });
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) assertSafeKey(key);
    for (const key of keys) this.#objects.delete(key);
  }

  /** Writes an object as a producer might: under any key at all. */
  plant(key: string, body: Uint8Array | string): ObjectInfo {
    const bytes = Uint8Array.from(Buffer.from(body));
    this.#writes += 1;
    const info = {
      key,
      bytes: bytes.length,
      version: String(this.#writes),
      modifiedAt: this.#now().toISOString(),
    };
    this.#objects.set(key, { info, body: bytes });
    return info;
  }

  #found(key: string): StoredObject {
    const object = this.#objects.get(key);
    if (object === undefined) throw new ObjectNotFoundError(`There is no object '${key}'.`);
    return object;
  }
}
