/** PLANNED and RUNNING are under way; INTERRUPTED and FAILED can be resumed. */
export type RunStatus = 'RUNNING' | 'PUBLISHED' | 'UNCHANGED' | 'HALTED' | 'FAILED' | 'INTERRUPTED';

export interface StageRecord {
  readonly stage: string;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly quarantined: number;
  readonly seconds: number;
  readonly bytes: number;
  /** What Athena read, where it was used. */
  readonly bytesScanned?: number | undefined;
}

export interface RunError {
  readonly name: string;
  readonly message: string;
}

export interface RunRecord {
  /** Time-ordered: sorting by id sorts by start. */
  readonly id: string;
  readonly status: RunStatus;
  readonly asOf: string;
  readonly engine: 'duckdb' | 'athena';
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly fencingToken: number;
  readonly error: RunError | null;
  readonly stages: readonly StageRecord[];
  readonly warnings: readonly string[];
  /** Estimate of what the run costs on AWS; none while it works. */
  readonly costUsd?: number | undefined;
}
