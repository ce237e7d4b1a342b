import type { Collection } from '../domain/serving/collection.ts';
import type { TableVersion } from '../domain/table.ts';

export interface SnapshotPlan {
  /** Key prefix that no other attempt has. */
  readonly prefix: string;
  /** Versions of the tables that the collections read; of a collection that reads another one nothing is written but its empty table. */
  readonly tables: readonly TableVersion[];
  readonly collections: readonly Collection[];
  /** Further texts, read one by one by name. */
  readonly texts: Readonly<Record<string, string>>;
}

export interface SnapshotFile {
  /** Object key in the processed bucket. */
  readonly key: string;
  /** Of the content, lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Makes the file that the API reads from: written once, verified by opening it again, durable when the call returns. */
export interface SnapshotMaker {
  /** Throws ModelError when a collection's SQL fails, CorruptStateError when the file read back is not what was written. */
  make(plan: SnapshotPlan, signal?: AbortSignal): Promise<SnapshotFile>;
}
