import { z } from 'zod';
import type { CodeModel } from './code-model.ts';
import { columnTypeSchema, type Dataset } from './dataset.ts';
import type { Column, TableName } from './table.ts';
import { personalMarkSchema, personalMarkText } from './personal-data.ts';

const identifier = z.string().regex(/^[a-z_][a-z0-9_]*$/, 'expected a lower-case name');
const tableNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]*\.[a-z_][a-z0-9_]*$/, 'expected layer.table')
  .transform((text) => text as TableName);

const severities = ['warn', 'quarantine', 'halt'] as const;
export type Severity = (typeof severities)[number];

const checkSchema = z
  .strictObject({
    check: z.enum([
      'not_null',
      'unique',
      'range',
      'accepted',
      'pattern',
      'cast',
      'converted',
      'reference',
      'row_count_change',
      'sql',
    ]),
    severity: z.enum(severities).default('warn'),
    description: z.string().optional(),
    column: identifier.optional(),
    columns: z.array(identifier).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    values: z.array(z.string()).optional(),
    pattern: z.string().optional().describe('regular expression (RE2) that the whole text must match'),
    to: z
      .string()
      .regex(/^[a-z_]+\.[a-z0-9_]+\.[a-z0-9_]+$/, 'expected layer.table.column')
      .optional(),
    reason: z.string().optional().describe('reason code of quarantined rows'),
    only_from: z.array(z.string()).optional().describe('reference: only rows of these source systems are judged'),
    maximum_percent: z.number().positive().optional(),
    file: z.string().optional().describe('file in glue-sql/checks whose SELECT must return no rows'),
  })
  .superRefine((check, context) => {
    const needs: Record<typeof check.check, readonly (keyof typeof check)[]> = {
      not_null: [check.columns === undefined ? 'column' : 'columns'],
      unique: ['columns'],
      range: ['column'],
      accepted: ['column', 'values'],
      pattern: ['column', 'pattern'],
      cast: ['column'],
      converted: ['columns'],
      reference: ['column', 'to'],
      row_count_change: ['maximum_percent'],
      sql: ['file'],
    };
    for (const property of needs[check.check]) {
      if (check[property] === undefined) {
        context.addIssue({ code: 'custom', message: `check ${check.check} needs '${property}'` });
      }
    }
    if (check.severity === 'quarantine' && ['unique', 'row_count_change', 'sql'].includes(check.check)) {
      context.addIssue({ code: 'custom', message: `check ${check.check} judges the table, not a row: warn or halt` });
    }
  });

export type Check = z.infer<typeof checkSchema>;

/** The `.yml` beside a model's SQL. */
export const modelContractSchema = z.strictObject({
  table: tableNameSchema,
  row: z.string().describe('what a row is'),
  description: z.string(),
  owner: z.string(),
  key: z.array(identifier).min(1),
  partition_by: z.array(identifier).default([]),
  code: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'expected the name of a code model')
    .optional()
    .describe('the code model that makes the table, where no SQL does'),
  carries_history: z
    .boolean()
    .optional()
    .describe('set where rows cannot be made again from bronze: a rebuild goes on from the last published version'),
  incremental_from: tableNameSchema
    .optional()
    .describe(
      'input with the same partitions; each partition is computed from the same one there, and only when that changed',
    ),
  rows_from: tableNameSchema
    .optional()
    .describe('input without whose rows the table has none: while it is empty, nothing is computed'),
  columns: z
    .array(
      z.strictObject({
        name: identifier,
        type: columnTypeSchema,
        description: z.string(),
        unit: z.string().optional(),
        pii: personalMarkSchema.optional().describe(personalMarkText),
        definition: z.enum(['specification', 'ours']).optional(),
      }),
    )
    .min(1),
  checks: z.array(checkSchema).default([]),
});

export type ModelContract = z.infer<typeof modelContractSchema>;

/** Something that makes one table of silver or gold. */
export interface Model {
  readonly table: TableName;
  /** A SELECT that gives the contract's columns (without `_run_id` and `_as_of`, which the writer adds); of a code model a comment. */
  readonly sql: string;
  /** The function that makes the table, where no SQL does. */
  readonly code?: CodeModel | undefined;
  /** Set where the rows are what the ledger knows, and neither SQL nor code makes them. */
  readonly fromLedger?: 'actions' | undefined;
  readonly contract: ModelContract;
  /** Hash of the checks with the SQL they name: a table is built, and so judged, again when they change. */
  readonly checksHash: string;
  /** Tables that the SQL (or the code) and the row checks read, `run.parameters` left out. */
  readonly inputs: readonly TableName[];
  /** Tables that are read as they were published last, under the names that `previousOf` gives. */
  readonly previous: readonly TableName[];
  /** Whether the SQL reads `run.parameters`: then its result depends on as_of and the configuration. */
  readonly readsParameters: boolean;
  /** The datasets it was compiled from; empty for a hand-written model. */
  readonly datasets: readonly Dataset[];
  /** The table it takes its partitions from, so that only touched ones are rewritten; null when it is always written whole. */
  readonly incrementalFrom: TableName | null;
  /** Every row comes from one of this table: while that has none, the model is empty and nothing needs to be computed. */
  readonly rowsFrom?: TableName | undefined;
  /**
   * Every row follows from one row of this table alone: only slices that are new there are read, and what was computed from the others
   * is kept. Such a model has no other inputs, no partitions and no checks.
   */
  readonly appendsFrom?: TableName | undefined;
  /** Set when amounts of a dropped dataset are converted: its partitions depend on rates only where they have another currency. */
  readonly conversion?: DatasetConversion | undefined;
}

/** How the lines of a bronze table say that they need a rate. */
export interface DatasetConversion {
  /** Column with the ISO 4217 code. */
  readonly currency: string;
  /** Currency of lines without one, where that is not the lake's own; else null. */
  readonly defaultCurrency: string | null;
  /** Datasets whose amounts are converted. */
  readonly sources: readonly string[];
  /** The SELECT for partitions in which no line needs a rate: no join, the same columns. */
  readonly plainSql: string;
}

/** The columns as written: the contract's, then the two that every published table carries. */
export function writtenColumns(model: Model): Column[] {
  return [
    ...model.contract.columns.map(({ name, type, description, unit, pii }) => ({ name, type, description, unit, pii })),
    { name: '_run_id', type: 'varchar', description: 'Run that wrote the row' },
    { name: '_as_of', type: 'date', description: 'The date for which the run computed the row' },
  ];
}

/** The quarantine table of a model: `quarantine.silver_sales_line`. */
export function quarantineOf(table: TableName): TableName {
  return `quarantine.${table.replace('.', '_')}`;
}

const previousPrefix = 'previous.';

/** The name under which a model reads what was published last: `previous.gold_territory_dim`. */
export function previousOf(table: TableName): TableName {
  return `${previousPrefix}${table.replace('.', '_')}`;
}

/** Splits what a model reads into tables of this run and tables as published last. */
export function splitInputs(names: readonly TableName[]): { inputs: TableName[]; previous: TableName[] } {
  const isPrevious = (name: TableName) => name.startsWith(previousPrefix);
  return {
    inputs: names.filter((name) => !isPrevious(name)),
    previous: names.filter(isPrevious).map((name) => name.slice(previousPrefix.length).replace('_', '.') as TableName),
  };
}
