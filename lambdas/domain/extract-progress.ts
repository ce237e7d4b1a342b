import { z } from 'zod';
import { sliceSchema } from './publication-schema.ts';
import type { Slice } from './table.ts';

const partSchema = z.object({
  createdFrom: z.string().nullable(),
  createdTo: z.string().nullable(),
  /** Bulk job that reads the part; null before it was created, and for a part read by REST. */
  jobId: z.string().nullable(),
  /** Where the next page begins; null before the first page. */
  locator: z.string().nullable(),
  /** Records of the pages fetched so far. */
  read: z.int(),
  done: z.boolean(),
  /** When the job was started, UTC; null without a job. */
  jobStartedAt: z.string().nullable(),
});
export type ExtractPart = z.infer<typeof partSchema>;

/**
 * How far the reading of one object's window has come, kept in the ledger after every page: whoever goes on, in this run or a later
 * one, finds the jobs, the place in them and the finished pages, which lie in the lake already.
 */
export const extractProgressSchema = z.object({
  /** Run that began the reading. */
  runId: z.string(),
  fields: z.array(z.string()).min(1),
  cursorField: z.string().nullable(),
  window: z.object({ from: z.string().nullable(), to: z.string() }),
  /** When the reading began, UTC: `_extracted_at` of its rows. */
  startedAt: z.string(),
  /** Small windows are read by REST, in one piece. */
  bulk: z.boolean(),
  parts: z.array(partSchema).min(1),
  slices: z.array(sliceSchema),
  /** Slices of windows read before this one and not published yet; `carriedRead` counts the records they came from. */
  carried: z.array(sliceSchema),
  carriedRead: z.int(),
  /** Where there is no cursor yet: up to when an earlier run read rows, by which deletions since are asked for; null without one. */
  readBefore: z.string().nullable().default(null),
  /** Bulk job over all Ids, while one is under way. */
  auditJobId: z.string().nullable(),
  /** True for a reading of all records that an audit asked for: no audit follows it. */
  afterAudit: z.boolean(),
});
export type ExtractProgress = z.infer<typeof extractProgressSchema>;

export const wholeRange = {
  createdFrom: null,
  createdTo: null,
  jobId: null,
  locator: null,
  read: 0,
  done: false,
  jobStartedAt: null,
} satisfies ExtractPart;

export function isComplete(progress: ExtractProgress): boolean {
  return progress.parts.every((part) => part.done);
}

export function readOf({ parts, carriedRead }: ExtractProgress): number {
  return parts.reduce((sum, part) => sum + part.read, carriedRead);
}

/** All slices of the reading, those of earlier windows included. */
export function slicesOf({ carried, slices }: ExtractProgress): Slice[] {
  return [...carried, ...slices];
}
