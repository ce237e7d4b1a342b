import { z } from 'zod';
import { anyOf, booleanParameter, listOf, pageParameters, sourceSchema, valueParameter } from './paging.ts';
import { bytes, count, flag, instant, seconds, text } from './values.ts';

export const runStatuses = ['RUNNING', 'PUBLISHED', 'UNCHANGED', 'HALTED', 'FAILED', 'INTERRUPTED'] as const;

export const stageSchema = z
  .strictObject({
    stage: text('plan-run, extract-object, collect-files, build-layer silver, …; in the order of the run'),
    rows_in: count('rows read'),
    rows_out: count('rows written'),
    quarantined: count('rows set aside'),
    seconds: seconds('time taken'),
    bytes: bytes('bytes written'),
  })
  .meta({ id: 'Stage' });

export const runRowSchema = z
  .strictObject({
    run_id: text('sorts by start'),
    status: z.enum(runStatuses),
    as_of: z.iso.date(),
    engine: z.enum(['duckdb', 'athena']),
    started_at: instant('start'),
    finished_at: instant('end; null while running').nullable(),
    seconds: seconds('start to end; null while running').nullable(),
    is_current: flag('readers see what this run published'),
    error_name: text('class of the error').nullable(),
    error_message: text('what stopped the run').nullable(),
    warnings: count('number of warnings'),
    checks_failed: count('quality checks that did not pass'),
    rows_loaded: count('rows that came in'),
    rows_quarantined: count('rows set aside while collecting'),
    bytes_written: bytes('bytes written'),
    cost_usd: z.number().nullable().describe('estimate of what the run costs on AWS').meta({ unit: 'USD' }),
    stages: z.array(stageSchema),
  })
  .meta({ id: 'RunRow' });
export const runsQuery = z.strictObject({
  status: anyOf(runStatuses).optional(),
  limit: pageParameters.limit,
  cursor: pageParameters.cursor,
  format: pageParameters.format,
});
/** Newest first; `total` counts the newest 1,000 runs. */
export const runsResponse = listOf(runRowSchema).meta({ id: 'Runs' });
export type Runs = z.infer<typeof runsResponse>;
export type RunRow = z.infer<typeof runRowSchema>;

export const runParameters = z.strictObject({
  id: z.string().regex(/^\d{8}T\d{9}Z-[0-9a-f]{4}$/, 'expected a run id'),
});

export const extractSchema = z
  .strictObject({
    object: text('API name in Salesforce'),
    status: z.enum(['EXTRACTED', 'PARTIAL', 'ABSENT']),
    message: text('why it is partial or absent').nullable(),
    window_from: text('changes from here on, UTC; null: all records').nullable(),
    window_to: text('to before here').nullable(),
    rows_read: count('records that Salesforce sent'),
    rows_loaded: count('of them new or changed'),
    deletions: count('records found to be gone'),
  })
  .meta({ id: 'Extract' });

export const checkSchema = z
  .strictObject({
    run_id: text('the run'),
    table_name: text('the table'),
    check_name: text('the check'),
    severity: z.enum(['warn', 'quarantine', 'halt']),
    passed: z.boolean(),
    value: z.number().describe('failing rows; of row_count_change percent'),
    threshold: z.number(),
    description: text('what is checked'),
    sample: z.array(z.string()).describe('up to five failing rows, each as text'),
    sql: text('the SQL that finds them'),
  })
  .meta({ id: 'QualityCheck' });
export const qualityQuery = z.strictObject({
  run_id: runParameters.shape.id.optional().describe('the last run with results unless told'),
  table: valueParameter.optional(),
  passed: booleanParameter.optional(),
  severity: anyOf(['warn', 'quarantine', 'halt']).optional(),
  limit: pageParameters.limit,
  cursor: pageParameters.cursor,
  format: pageParameters.format,
});
/** Failed ones first. */
export const qualityResponse = listOf(checkSchema).meta({ id: 'Quality' });
export type Quality = z.infer<typeof qualityResponse>;

export const runResponse = z
  .strictObject({
    run: runRowSchema,
    warnings: z.array(z.string()),
    extracts: z.array(extractSchema),
    failed_checks: z.array(checkSchema),
    checks: count('quality checks that were judged'),
    files: z.strictObject({
      processed: count(''),
      rejected: count(''),
      duplicate: count(''),
      other: count('still in work'),
    }),
    source: sourceSchema,
  })
  .meta({ id: 'Run' });
export type Run = z.infer<typeof runResponse>;
