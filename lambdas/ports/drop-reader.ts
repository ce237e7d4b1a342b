import type { Dataset } from '../domain/dataset.ts';
import type { FileCounts } from '../domain/file-record.ts';
import type { HeaderMatch } from '../domain/header.ts';
import type { LocatedReason } from '../domain/reasons.ts';
import type { DataFile } from '../domain/table.ts';
import type { Column } from '../domain/table.ts';

/** A dropped object to look at. */
export interface DropObject {
  readonly key: string;
  readonly bytes: number;
}

/** What the strict reader found out about a file before anything is loaded. */
export interface Inspection {
  /** Of the original bytes; null when reading stopped early (too large). */
  readonly sha256: string | null;
  /** Why the file cannot be taken; empty when it can. */
  readonly reasons: readonly LocatedReason[];
  /** Column names of the file as they stand there. */
  readonly header: readonly string[];
  /** Number of data records. */
  readonly records: number;
  /** Handle of the readable copy, for `load`. */
  readonly local: LocalCopy | null;
}

export interface LocalCopy {
  /** Local path of a plain (unpacked, UTF-8) file. */
  readonly path: string;
  /** Where line numbers jump because of multi-line fields or blank lines: from this record (0-based) on, line = record + shift. */
  readonly lineShifts: readonly { record: number; shift: number }[];
}

/** Files of one dataset whose headers match in the same way, loaded together. */
export interface LoadGroup {
  readonly dataset: Dataset;
  readonly match: HeaderMatch;
  /** Columns of the bronze table, in order. */
  readonly columns: readonly Column[];
  readonly files: readonly LoadFile[];
  readonly runId: string;
  /** UTC time stamp that becomes `_extracted_at`. */
  readonly extractedAt: string;
  /** Fresh key prefix for accepted rows, and one for quarantined rows. */
  readonly prefix: string;
  readonly quarantinePrefix: string;
}

export interface LoadFile {
  readonly key: string;
  readonly sha256: string;
  /** ISO date of the file, from its name or its modification time. */
  readonly fileDate: string;
  readonly records: number;
  readonly local: LocalCopy;
}

export interface LoadedFile {
  readonly key: string;
  /** Why the whole file is rejected after all (threshold, count mismatch); empty when accepted. */
  readonly rejected: readonly LocatedReason[];
  readonly counts: FileCounts;
  /** Row reasons with the number of rows and the first line each. */
  readonly reasons: readonly LocatedReason[];
}

export interface LoadedPart {
  readonly partition: Readonly<Record<string, string>>;
  readonly files: readonly DataFile[];
  readonly nulls: Readonly<Record<string, number>>;
}

export interface Loaded {
  readonly files: readonly LoadedFile[];
  readonly accepted: readonly LoadedPart[];
  readonly quarantined: readonly LoadedPart[];
}

/** Reading the files of one batch: strictly for their structure first, then typed into bronze. */
export interface DropBatch {
  /** Never throws for what a file contains; throws TransientError when the store fails. */
  inspect(object: DropObject, dataset: Dataset, signal: AbortSignal): Promise<Inspection>;
  load(group: LoadGroup, signal: AbortSignal): Promise<Loaded>;
  /** Removes local copies and gives memory back; must be called, also after a failure. */
  end(): Promise<void>;
}

export interface DropReader {
  begin(): Promise<DropBatch>;
}
