import { z } from 'zod';
import { personalMarkSchema } from '../../domain/personal-data.ts';
import { allOf, anyOf, csvParameter, searchParameter, sourceSchema } from './paging.ts';
import { bytes, count, instant, seconds, share, text } from './values.ts';

export const columnSchema = z
  .strictObject({
    name: text(''),
    type: text('boolean, integer, bigint, date, timestamp, varchar or decimal(p,s)'),
    description: text('definition'),
    unit: text('').nullable(),
    pii: personalMarkSchema.exclude(['none']).nullable(),
    definition: z.enum(['specification', 'ours']).nullable().describe('whether the formula was given or chosen'),
    null_share: share('nulls / rows; null where nothing is known').nullable(),
  })
  .meta({ id: 'TableColumn' });

export const tableRowSchema = z
  .strictObject({
    table: text('layer.name'),
    layer: z.enum(['bronze', 'silver', 'gold', 'analytics', 'quarantine', 'ops']),
    row: text('what a row is').nullable(),
    description: text('what the table tells').nullable(),
    owner: text('who answers for it').nullable(),
    rows: count('rows in the current publication'),
    bytes: bytes('size'),
    columns: count('number of columns'),
    row_change: count('against the publication before; null for a new table').nullable(),
    built_by: text('the run that wrote its newest part; null while empty').nullable(),
    built_at: instant('when that run began').nullable(),
    confirmed_at: instant('when a run last published it or found nothing new').nullable(),
    age_seconds: seconds('since confirmed_at').nullable(),
    allowance_seconds: seconds('older than this is stale'),
    is_stale: z.boolean(),
    checks: count('quality checks of the last run with results'),
    checks_failed: count('of them failed'),
  })
  .meta({ id: 'TableRow' });
export const tablesQuery = z.strictObject({
  layer: anyOf(['bronze', 'silver', 'gold', 'quarantine']).optional(),
  q: searchParameter.optional().describe('part of the name or description'),
  format: csvParameter.optional(),
});
export const tablesResponse = allOf(tableRowSchema).meta({ id: 'Tables' });
export type Tables = z.infer<typeof tablesResponse>;
export type TableRow = z.infer<typeof tableRowSchema>;

export const tableParameters = z.strictObject({
  table: z.string().regex(/^[a-z][a-z0-9_]*\.[A-Za-z0-9_]+$/, 'expected layer.name'),
});
export const tableResponse = z
  .strictObject({
    table: tableRowSchema,
    key: z.array(z.string()),
    partition_by: z.array(z.string()),
    columns: z.array(columnSchema),
    sql: text('what makes it; null for collected tables').nullable(),
    source: sourceSchema,
  })
  .meta({ id: 'Table' });
export type Table = z.infer<typeof tableResponse>;

const neighbourSchema = z.strictObject({
  table: text(''),
  layer: text(''),
  row: text('what a row is').nullable(),
  rows: count(''),
});
export const lineageResponse = z
  .strictObject({
    table: text('the table asked for'),
    made_from: z.array(neighbourSchema).describe('tables that it reads, one hop'),
    feeds: z.array(neighbourSchema).describe('tables that read it, one hop'),
    how: z.enum(['sql', 'code', 'collected', 'ledger']).describe('what makes it'),
    sql: text('the SQL or the name of the code').nullable(),
    source: sourceSchema,
  })
  .meta({ id: 'Lineage' });
export type Lineage = z.infer<typeof lineageResponse>;
