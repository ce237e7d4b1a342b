import type { FileRecord } from '../domain/file-record.ts';
import type { CheckResult, ExtractOutcome } from '../domain/outcomes.ts';
import type { RunRecord } from '../domain/run-record.ts';

/** All that is known about a run when it closes. */
export interface ClosedRun {
  readonly record: RunRecord;
  /** What readers see; null while nothing is published. */
  readonly publication: string | null;
  readonly files: readonly FileRecord[];
  readonly extracts: readonly ExtractOutcome[];
  readonly checks: readonly CheckResult[];
}
