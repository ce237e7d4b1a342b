/** One object of a bucket or folder. */
export interface ObjectInfo {
  readonly key: string;
  readonly bytes: number;
  /** Changes whenever the content is written anew. */
  readonly version: string;
  /** UTC, ISO 8601. */
  readonly modifiedAt: string;
}

/**
 * Objects of one bucket: the raw one (`landing/`, `archive/`, `rejected/`) or the processed one (`bronze/` … `catalog/`).
 * A write is seen whole or not at all. Keys that are written, moved to or removed are checked with `assertSafeKey`: `UnsafeKeyError`. The source
 * of a move may be any listed key, also an unsafe one, so that it can be put away.
 */
export interface Lake {
  /** Every object whose key begins with the prefix, in the order of keys (UTF-8 bytes); temporary files are not objects. */
  list(prefix: string): AsyncIterable<ObjectInfo>;
  /** The object, or null when there is none. */
  head(key: string): Promise<ObjectInfo | null>;
  /** The content in chunks, from the given offset on, which lies before its end. Throws ObjectNotFoundError. */
  read(key: string, from?: number): AsyncIterable<Uint8Array>;
  /** Writes the whole object. With `createOnly`, an existing object is left alone: ObjectExistsError. */
  write(key: string, body: Uint8Array | string, options?: { createOnly?: boolean }): Promise<ObjectInfo>;
  /** Moves an object. Done already (source gone, target there) counts as success; neither there: ObjectNotFoundError. */
  move(from: string, to: string): Promise<void>;
  /** Removes objects; a missing one is fine. */
  remove(keys: readonly string[]): Promise<void>;
}
