import { z } from 'zod';
import type { FileCounts, FileRecord } from './file-record.ts';
import type { LocatedReason } from './reasons.ts';

const count = z.int().nonnegative();

export const locatedReasonSchema: z.ZodType<LocatedReason> = z.object({
  code: z.string().min(1),
  message: z.string(),
  line: z.int().optional(),
  rows: z.int().optional(),
});

export const fileCountsSchema: z.ZodType<FileCounts> = z.object({
  read: count,
  loaded: count,
  quarantined: count,
  duplicateSuspects: count,
  dropped: count,
});

/** A dropped file's record as a ledger stores it, parsed whenever it is read back. */
export const fileRecordSchema: z.ZodType<FileRecord> = z.object({
  id: z.string().min(1),
  key: z.string(),
  version: z.string(),
  bytes: count,
  modifiedAt: z.string(),
  dataset: z.string().nullable(),
  status: z.enum(['RECEIVED', 'COLLECTED', 'PROCESSED', 'REJECTED', 'DUPLICATE']),
  receivedAt: z.string(),
  updatedAt: z.string(),
  runId: z.string().nullable(),
  verdict: z.enum(['accepted', 'rejected', 'duplicate']).nullable(),
  sha256: z.string().nullable(),
  counts: fileCountsSchema.nullable(),
  reasons: z.array(locatedReasonSchema),
  duplicateOf: z.string().nullable(),
  archivedTo: z.string().nullable(),
});
