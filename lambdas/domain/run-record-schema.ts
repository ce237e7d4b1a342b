import { z } from 'zod';
import type { RunRecord, StageRecord } from './run-record.ts';

const count = z.int().nonnegative();

const stageRecordSchema: z.ZodType<StageRecord> = z.object({
  stage: z.string().min(1),
  rowsIn: count,
  rowsOut: count,
  quarantined: count,
  seconds: z.number().nonnegative(),
  bytes: count,
  bytesScanned: count.optional(),
});

/** A run's record as a ledger stores it, parsed whenever it is read back. */
export const runRecordSchema: z.ZodType<RunRecord> = z.object({
  id: z.string().min(1),
  status: z.enum(['RUNNING', 'PUBLISHED', 'UNCHANGED', 'HALTED', 'FAILED', 'INTERRUPTED']),
  asOf: z.string(),
  engine: z.enum(['duckdb', 'athena']),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  fencingToken: z.int(),
  error: z.object({ name: z.string(), message: z.string() }).nullable(),
  stages: z.array(stageRecordSchema),
  warnings: z.array(z.string()),
  costUsd: z.number().nonnegative().optional(),
});
