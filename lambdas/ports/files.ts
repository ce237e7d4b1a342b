import type { FileRecord, FileStatus } from '../domain/file-record.ts';

/** The ledger's record of dropped files. */
export interface Files {
  /** Adds files that are new (by id); known ones stay as they are. Returns how many were new. */
  register(files: readonly FileRecord[]): Promise<number>;
  /** Replaces the records with these ids, all or none. Throws CorruptStateError when an id is unknown. */
  update(files: readonly FileRecord[]): Promise<void>;
  /** The files with these ids, in the order asked; unknown ids are left out. */
  get(ids: readonly string[]): Promise<FileRecord[]>;
  /** Files by status, in the order of keys. */
  withStatus(statuses: readonly FileStatus[]): Promise<FileRecord[]>;
  /** Of these content hashes, the first PROCESSED file of the dataset that has it: sha256 -> record. */
  processedWithContent(dataset: string, sha256: readonly string[]): Promise<Map<string, FileRecord>>;
  /** The newest files first (by receivedAt, then key), optionally only those whose key contains `text`. */
  find(options: { text?: string | undefined; limit: number }): Promise<FileRecord[]>;
}
