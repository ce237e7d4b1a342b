import { z } from 'zod';
import { engineChoices } from './engine-choice.ts';
import { fileCountsSchema, locatedReasonSchema } from './file-record-schema.ts';
import { sliceSchema, tableNameSchema } from './publication-schema.ts';

/** Slices added to one table. */
const tableSlicesSchema = z.object({ table: tableNameSchema, slices: z.array(sliceSchema) });
export type TableSlices = z.infer<typeof tableSlicesSchema>;

const collectedFileSchema = z.object({
  id: z.string(),
  key: z.string(),
  dataset: z.string().nullable(),
  verdict: z.enum(['accepted', 'rejected', 'duplicate']),
  sha256: z.string().nullable(),
  counts: fileCountsSchema.nullable(),
  reasons: z.array(locatedReasonSchema),
  duplicateOf: z.string().nullable(),
});
export type CollectedFile = z.infer<typeof collectedFileSchema>;

/** What `collect-files` did with one batch. */
export const collectOutcomeSchema = z.object({
  batch: z.int(),
  files: z.array(collectedFileSchema),
  tables: z.array(tableSlicesSchema),
});
export type CollectOutcome = z.infer<typeof collectOutcomeSchema>;

/** What `extract-object` did with one object. */
export const extractOutcomeSchema = z.object({
  object: z.string(),
  status: z.enum(['EXTRACTED', 'PARTIAL', 'ABSENT']),
  /** Why it is partial or absent. */
  message: z.string().nullable(),
  window: z.object({ from: z.string().nullable(), to: z.string() }).nullable(),
  /** Records that Salesforce sent; of them `loaded` were new to bronze or changed, the others known. */
  read: z.int(),
  loaded: z.int(),
  deletions: z.int(),
  /** Records that an audit found missing or outdated, and that were read again. */
  mended: z.int(),
  /** Server time up to which each audit holds; null when it was not due. */
  refreshedAt: z.string().nullable(),
  reconciledAt: z.string().nullable(),
  /** Field -> type as described, and what changed in it since the last extraction. */
  fields: z.record(z.string(), z.string()),
  changes: z.array(
    z.object({
      field: z.string(),
      change: z.enum(['added', 'removed', 'retyped']),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
  tables: z.array(tableSlicesSchema),
});
export type ExtractOutcome = z.infer<typeof extractOutcomeSchema>;

/** What `build-layer` made of one model. */
export const buildOutcomeSchema = z.object({
  table: tableNameSchema,
  /** False when the published version was still right and nothing was computed. */
  built: z.boolean(),
  rowsIn: z.int(),
  rowsOut: z.int(),
  quarantined: z.int(),
  bytes: z.int(),
  seconds: z.number(),
  slices: z.array(sliceSchema),
  quarantine: z.array(sliceSchema),
  reasons: z.array(z.object({ reason: z.string(), rows: z.int() })),
});
export type BuildOutcome = z.infer<typeof buildOutcomeSchema>;

/** One judged check; a row of `ops.quality_results`. */
const checkResultSchema = z.object({
  table: z.string(),
  check: z.string(),
  severity: z.enum(['warn', 'quarantine', 'halt']),
  passed: z.boolean(),
  /** Number of failing rows (for row_count_change: the change in percent). */
  value: z.number(),
  threshold: z.number(),
  description: z.string(),
  /** Up to five failing rows as JSON. */
  sample: z.array(z.string()),
  sql: z.string(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

export const checkOutcomeSchema = z.object({ layer: z.string(), results: z.array(checkResultSchema) });
export type CheckOutcome = z.infer<typeof checkOutcomeSchema>;

export const planSchema = z.object({
  runId: z.string(),
  asOf: z.string(),
  startedAt: z.string(),
  rebuild: z.boolean(),
  engine: z.enum(engineChoices).default('auto'),
  configurationHash: z.string(),
  pointer: z.object({ generation: z.int(), current: z.string().nullable(), newest: z.string().nullable() }),
  /** Names of the objects to extract; empty without an org. */
  objects: z.array(z.string()).default([]),
  /** Requests that the org had seen when the run began, and its limit; null without an org. */
  org: z.object({ id: z.string(), requestsUsed: z.int(), requestLimit: z.int() }).nullable().default(null),
  /** True when all Ids are to be compared with the lake. */
  reconcile: z.boolean().default(false),
  batches: z.array(z.array(z.string())),
  vanished: z.array(z.string()),
  pendingFiles: z.int(),
  pendingBytes: z.int(),
});

/** What `publish-run` did. */
export const publishOutcomeSchema = z.object({ publication: z.string().nullable(), switched: z.boolean() });
export type PublishOutcome = z.infer<typeof publishOutcomeSchema>;
