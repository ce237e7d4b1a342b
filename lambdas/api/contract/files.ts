import { z } from 'zod';
import { anyOf, listOf, pageParameters, searchParameter, sortBy, valueParameter } from './paging.ts';
import { bytes, count, instant, text } from './values.ts';

export const fileStatuses = ['RECEIVED', 'COLLECTED', 'PROCESSED', 'REJECTED', 'DUPLICATE'] as const;
export const fileSchema = z
  .strictObject({
    file_id: text('one per arrival'),
    key: text('as it was dropped'),
    dataset: text('the folder that it was dropped into').nullable(),
    status: z.enum(fileStatuses),
    bytes: bytes('size'),
    received_at: instant('first seen'),
    updated_at: instant('last change'),
    run_id: text('the run that last worked on it').nullable(),
    rows_read: count('').nullable(),
    rows_loaded: count('').nullable(),
    rows_quarantined: count('').nullable(),
    duplicate_suspects: count('identical lines, kept').nullable(),
    duplicate_of: text('the file with the same content').nullable(),
    archived_to: text('where the original lies').nullable(),
    reasons: z.array(
      z.strictObject({
        code: text('reason code'),
        message: text('in words'),
        line: count('line in the file').nullable(),
        rows: count('rows concerned').nullable(),
      }),
    ),
  })
  .meta({ id: 'File' });
export const filesQuery = z.strictObject({
  q: searchParameter.optional().describe('part of the key'),
  status: anyOf(fileStatuses).optional(),
  dataset: valueParameter.optional(),
  limit: pageParameters.limit,
  cursor: pageParameters.cursor,
  format: pageParameters.format,
});
/** Newest first; `total` counts the newest 10,000 files. */
export const filesResponse = listOf(fileSchema).meta({ id: 'Files' });
export type Files = z.infer<typeof filesResponse>;

export const quarantineRowSchema = z
  .strictObject({
    table: text('quarantine.<dataset> or quarantine.silver_<table>'),
    source_file: text('key of the file').nullable(),
    source_line: count('line in the file').nullable(),
    reasons: z.array(z.string()).describe('every reason code'),
    raw: text('the line as it came; of rows that silver set aside the row as JSON').nullable(),
    run_id: text('the run that set it aside'),
  })
  .meta({ id: 'QuarantinedRow' });
export const quarantineQuery = z.strictObject({
  table: valueParameter.optional(),
  file: valueParameter.optional().describe('key of the file'),
  reason: valueParameter.optional().describe('a reason code'),
  sort: sortBy(['source_file', 'source_line']).optional(),
  ...pageParameters,
});
/** The first 10,000 rows of each table are kept for the API; `headwater query` reads them all. Facets: table, source_file, reason. */
export const quarantineResponse = listOf(quarantineRowSchema).meta({ id: 'Quarantine' });
export type Quarantine = z.infer<typeof quarantineResponse>;
