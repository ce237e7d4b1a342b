import type { LocatedReason } from './reasons.ts';

/** RECEIVED -> COLLECTED -> PROCESSED, or at the end REJECTED or DUPLICATE. The last three are final. */
export type FileStatus = 'RECEIVED' | 'COLLECTED' | 'PROCESSED' | 'REJECTED' | 'DUPLICATE';

/** What collecting decided about a file; becomes its status when the run has been published and the original moved. */
export type FileVerdict = 'accepted' | 'rejected' | 'duplicate';

export interface FileCounts {
  /** Data records in the file, the header not counted. */
  readonly read: number;
  readonly loaded: number;
  readonly quarantined: number;
  /** Second and later copies of an identical line, kept (or dropped where the contract says `exact`). */
  readonly duplicateSuspects: number;
  /** Exact duplicates dropped because the contract says `"duplicates": "exact"`: read = loaded + quarantined + dropped. */
  readonly dropped: number;
}

/** A dropped file as the ledger knows it. */
export interface FileRecord {
  /** Hash of key and version: one per arrival. */
  readonly id: string;
  /** Key in the raw bucket as it was dropped, `landing/<dataset>/<name>`. */
  readonly key: string;
  /** The store's version of the object (folder: size and modification time; S3: version id or ETag). */
  readonly version: string;
  readonly bytes: number;
  /** When the object was last modified, UTC ISO 8601. */
  readonly modifiedAt: string;
  /** The folder below landing/; null where the key has none. */
  readonly dataset: string | null;
  readonly status: FileStatus;
  readonly receivedAt: string;
  readonly updatedAt: string;
  /** The run that last worked on it. */
  readonly runId: string | null;
  readonly verdict: FileVerdict | null;
  readonly sha256: string | null;
  readonly counts: FileCounts | null;
  readonly reasons: readonly LocatedReason[];
  /** For a duplicate: the key of the file with the same content. */
  readonly duplicateOf: string | null;
  /** Where the original lies once it has been moved. */
  readonly archivedTo: string | null;
}
