import { z } from 'zod';
import type { Column, TableName } from './table.ts';

const objectName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,79}$/, 'expected the API name of an object');
const fieldName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,79}$/, 'expected the API name of a field');
const seconds = z.int().min(0).max(604_800);

const objectSchema = z.strictObject({
  object: objectName.describe('API name: Account, Invoice__c'),
  fields: z
    .array(fieldName)
    .min(1)
    .optional()
    .describe('only these; default: every field that the org describes, without compound and base64 fields'),
  optional: z
    .boolean()
    .default(false)
    .describe('true: an org without the object gives a warning and an empty table, not a failure'),
  refresh: z
    .array(fieldName)
    .default([])
    .describe('fields that change without a SystemModstamp and are no formulas; read again with every formula refresh'),
});

export type SalesforceObject = z.infer<typeof objectSchema>;

export const salesforceSourceSchema = z
  .strictObject({
    $schema: z.string().optional(),
    owner: z.email().describe('who is told when extraction fails, and about rejected Data Export files'),
    secret: z.string().min(1).describe('name of the secret with the login of the org'),
    api_version: z.string().regex(/^\d{2}\.0$/, 'expected a version like 62.0'),
    lag_seconds: seconds.default(60).describe('the window ends so long before the server time'),
    overlap_seconds: seconds.default(600).describe('the window begins so long before the cursor'),
    strict: z.boolean().default(false).describe('true: the cursor also never passes latestDateCovered of getUpdated'),
    quota_share: z
      .number()
      .gt(0)
      .max(1)
      .default(0.5)
      .describe("share of the org's daily API requests that one run may use; then objects stay PARTIAL"),
    refresh_hours: z
      .int()
      .min(1)
      .default(24)
      .describe('formula fields and fields under refresh are compared again after so many hours'),
    reconcile_days: z.int().min(1).default(7).describe('all Ids are compared with the lake after so many days'),
    job_timeout_minutes: z
      .int()
      .min(1)
      .default(120)
      .describe('a bulk query that runs longer is given up and its period of creation halved'),
    small_window_rows: z.int().min(0).default(2_000).describe('windows expected to have at most so many rows use REST'),
    objects: z.array(objectSchema).min(1),
  })
  .superRefine((source, context) => {
    const names = source.objects.map(({ object }) => object.toLowerCase());
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) === index) continue;
      context.addIssue({ code: 'custom', path: ['objects', index], message: `object '${name}' stands twice` });
    }
    if (source.lag_seconds + source.overlap_seconds < 600) {
      context.addIssue({
        code: 'custom',
        path: ['overlap_seconds'],
        message:
          'lag_seconds + overlap_seconds must be at least 600: Salesforce may commit a change so long after its stamp',
      });
    }
  });

/** `config/sources/salesforce.json`: which objects of an org are extracted, and how carefully. */
export type SalesforceSource = z.infer<typeof salesforceSourceSchema>;

/** `OpportunityLineItem` -> `opportunity_line_item`, `Invoice__c` -> `invoice__c`. */
export function snakeCase(object: string): string {
  return object.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** The bronze table of an object. Its columns are the API names of the fields in lower case, all text. */
export function salesforceBronzeTable(object: string): TableName {
  return `bronze.salesforce_${snakeCase(object)}`;
}

/** Names of an object's cursors in the ledger: the window, the two kinds of audit, and the fields as last seen. */
export const cursorNames = {
  window: (object: string) => `salesforce:${object}`,
  refresh: (object: string) => `salesforce-refresh:${object}`,
  reconcile: (object: string) => `salesforce-reconcile:${object}`,
  fields: (object: string) => `salesforce-fields:${object}`,
  org: 'salesforce-org',
  /** Its note says since when a comparison of all Ids is owed, that was asked for while another run worked. */
  owed: 'salesforce-reconcile-owed',
} as const;

/** Hard deletions of all objects: one row each time that a record was found to be gone. */
export const deletionTable: TableName = 'bronze.salesforce_deletion';

export const salesforceMetaColumns: readonly Column[] = [
  { name: '_source_system', type: 'varchar', description: 'salesforce, or salesforce-export for a Data Export file' },
  { name: '_extracted_at', type: 'timestamp', description: 'When the extraction that read the row began, UTC' },
  { name: '_run_id', type: 'varchar', description: 'Run that wrote the row' },
];

export const deletionColumns: readonly Column[] = [
  { name: 'object', type: 'varchar', description: 'API name of the object' },
  { name: 'id', type: 'varchar', description: 'Id of the record that is gone, 18 characters' },
  {
    name: 'deleted_at',
    type: 'varchar',
    description: 'Time stamp as Salesforce gives it; when found missing, the time of that',
  },
  { name: 'found_by', type: 'varchar', description: 'getDeleted or reconciliation' },
  ...salesforceMetaColumns,
];
