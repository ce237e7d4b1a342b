import type { Slice, TableName, TableVersion } from '../domain/table.ts';
import type { CrmRecord } from './crm-source.ts';

/** Rows of one object on their way into bronze. */
export interface Extract {
  readonly table: TableName;
  /** A CSV file with a header, whose columns are `fields` in this order, or records by field name. */
  readonly source: { readonly path: string } | { readonly records: readonly CrmRecord[] };
  readonly fields: readonly string[];
  /** What bronze holds already, and the known deletions of all objects. */
  readonly known: TableVersion;
  readonly deletions: TableVersion;
  readonly object: string;
  readonly sourceSystem: string;
  readonly extractedAt: string;
  readonly runId: string;
  /** Fresh key prefix. */
  readonly prefix: string;
}

export interface LoadedExtract {
  readonly read: number;
  /** Rows that say something new; null when all were known: a row is known if it equals the newest version of its record in all fields. */
  readonly slice: Slice | null;
}

export interface Deletion {
  readonly object: string;
  readonly id: string;
  readonly deletedAt: string;
  readonly foundBy: 'getDeleted' | 'reconciliation';
}

/** Ids that a look at all records found to differ from bronze. */
export interface AuditFinding {
  /** In bronze and not deleted, but not in the org. */
  readonly absent: readonly string[];
  /** In the org, but not in bronze, or there with another value in a compared field. */
  readonly stale: readonly string[];
}

/** All records of the org, in CSV files with the columns `fields`, the first of them Id; bronze is compared with them. */
export interface Audit extends Pick<Extract, 'known' | 'deletions' | 'object' | 'fields'> {
  readonly paths: readonly string[];
}

/** Brings extracted rows into bronze Parquet. */
export interface ExtractLoader {
  /** Called before a step uses the loader; local files live until as many calls of `end` followed. */
  begin(): void;
  /** Writes the new rows, every field as text, and verifies the file. Removes the source file. */
  load(extract: Extract, signal: AbortSignal): Promise<LoadedExtract>;
  writeDeletions(
    deletions: readonly Deletion[],
    meta: Pick<Extract, 'sourceSystem' | 'extractedAt' | 'runId' | 'prefix'>,
    signal: AbortSignal,
  ): Promise<Slice>;
  /** Finds out which records differ. Removes the files. */
  audit(audit: Audit, signal: AbortSignal): Promise<AuditFinding>;
  /** Removes local files and gives memory back, when nobody uses the loader any more; must be called, also after a failure. */
  end(): Promise<void>;
}
