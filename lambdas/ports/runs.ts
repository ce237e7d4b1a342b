import type { RunRecord } from '../domain/run-record.ts';

/** The ledger's record of runs. */
export interface Runs {
  /** Writes the record, new or changed, whole. */
  save(run: RunRecord): Promise<void>;
  get(id: string): Promise<RunRecord | null>;
  /** Newest first. */
  list(limit: number): Promise<RunRecord[]>;
}
