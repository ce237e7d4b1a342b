import { z } from 'zod';
import { columnTypeNames, isColumnType, type ColumnType } from './column-type.ts';
import { personalMarkSchema, personalMarkText } from './personal-data.ts';

const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'expected a lower-case name: letters, digits and _, beginning with a letter');

export const columnTypeSchema = z.string().transform((text, context): ColumnType => {
  if (isColumnType(text)) return text;
  context.addIssue({ code: 'custom', message: `unknown type '${text}'; valid types: ${columnTypeNames}` });
  return z.NEVER;
});

const normalisations = ['trim', 'upper', 'lower', 'integer_text', 'phone', 'collapse_spaces'] as const;
export type Normalisation = (typeof normalisations)[number];

const filePattern = z.string().min(1);

const separator = z.string().regex(/^[\t -~]$/, 'expected one ASCII character, or a tab');

/** Names that a column cannot have: words of SQL in either engine, and what every bronze row carries besides. */
export const reservedNames: ReadonlySet<string> = new Set(
  (
    'additional_columns all alter analyze and any array as asc asof asymmetric at between both by case cast check collate column constraint ' +
    'constructor create cross cube current_date current_time current_timestamp current_user deallocate default deferrable delete desc describe ' +
    'distinct do drop else end escape except execute exists extract false fetch for foreign from full grant group grouping having in initially ' +
    'inner insert intersect into is join lateral leading left like limit localtime localtimestamp natural normalize not null offset on only or ' +
    'order outer pivot placing prepare primary qualify recursive references returning right rollup rowid select show skip some summarize symmetric ' +
    'table then to trailing true uescape union unique unnest unpivot using values variadic when where window with'
  ).split(' '),
);

export const columnName = identifier.refine((name) => !reservedNames.has(name), {
  error:
    'this word has a meaning in SQL or in every bronze row; choose another name, and name the source column in from',
});

const datasetColumnSchema = z
  .strictObject({
    name: columnName.describe('column of the bronze and silver table'),
    type: columnTypeSchema.describe(columnTypeNames),
    description: z.string().describe('what the value means, for the data dictionary'),
    unit: z.string().optional(),
    pii: personalMarkSchema.optional().describe(personalMarkText),
    from: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
      .optional()
      .describe('name of the source column, or names of which the first present is read; default: the same name'),
    constant: z.string().optional().describe('every row gets this value; no source column is read'),
    expression: z
      .string()
      .optional()
      .describe(
        'SQL over source columns (`source."Name"`, text; typed like a source value) or over other columns of this contract (typed already)',
      ),
    mandatory: z.boolean().default(false).describe('the file is rejected when its header lacks the column'),
    required: z.boolean().default(false).describe('a row without a value is quarantined'),
    normalise: z
      .array(z.enum(normalisations))
      .default(['trim'])
      .describe('applied to the text before typing, in this order'),
    accepted: z.array(z.string()).optional().describe('the only values allowed, after normalisation'),
    pattern: z.string().optional().describe('regular expression (RE2) that the whole normalised text must match'),
    format: z.enum(['email']).optional().describe('a text of another form is a warning; the row is kept'),
    minimum: z.number().optional(),
    exclusive_minimum: z.number().optional(),
    maximum: z.number().optional(),
  })
  .superRefine((column, context) => {
    const ways = [column.from, column.constant, column.expression].filter((way) => way !== undefined).length;
    if (ways > 1)
      context.addIssue({ code: 'custom', message: 'give one of from, constant and expression, not several' });
    if (column.mandatory && (column.constant !== undefined || column.expression !== undefined)) {
      context.addIssue({ code: 'custom', message: 'mandatory is for columns that are read from the file' });
    }
    if (column.format !== undefined && column.type !== 'varchar') {
      context.addIssue({ code: 'custom', path: ['format'], message: 'a form is judged of a varchar' });
    }
  });

export type DatasetColumn = z.infer<typeof datasetColumnSchema>;

const moneySchema = z.strictObject({
  columns: z.array(identifier).min(1).describe('columns with an amount in the currency of the row'),
  currency: identifier.describe('column with the ISO 4217 code; empty: the default currency of config/fx.json'),
  date: identifier.describe('column with the day whose rate counts'),
  convert: z
    .boolean()
    .default(true)
    .describe('false: amounts stay as they are, for a lake that is kept in one other currency'),
});

export const datasetSchema = z
  .strictObject({
    $schema: z.string().optional(),
    dataset: identifier.describe('folder below landing/ that producers drop into'),
    enabled: z.boolean().default(true).describe('false: the contract is ignored, its folder is unknown'),
    description: z.string(),
    owner: z.email().describe('who is told about rejected files'),
    table: identifier.describe('bronze and silver table that the rows go to; several datasets may fill one'),
    kind: z
      .enum(['event', 'master'])
      .describe('event: every row is kept; master: the last record per key wins, by file date'),
    file: z.strictObject({
      pattern: z
        .union([filePattern, z.array(filePattern).min(1)])
        .describe(
          'file name with * and ?, or several of which one must fit; for CSV and JSON Lines a .gz behind it is accepted too',
        ),
      format: z.enum(['csv', 'jsonl', 'parquet']),
      delimiter: separator.default(','),
      quote: separator.default('"'),
      encoding: z.enum(['utf-8', 'windows-1252', 'iso-8859-1', 'utf-16le', 'utf-16be']).default('utf-8'),
      max_bytes: z.int().positive().default(1_073_741_824).describe('largest file, in bytes, packed and unpacked'),
      max_expansion_ratio: z.number().positive().default(200).describe('unpacked bytes per packed byte'),
      max_columns: z.int().positive().default(1_000),
      max_field_bytes: z.int().positive().default(1_048_576),
    }),
    columns: z.array(datasetColumnSchema).min(1),
    checks: z
      .array(
        z.strictObject({
          reason: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'expected an upper-case code'),
          expression: z
            .string()
            .describe('SQL over columns of this contract; a row for which it is false is quarantined'),
          description: z.string(),
        }),
      )
      .default([]),
    key: z.array(identifier).default([]).describe('columns that identify a record; needed for kind master'),
    references: z
      .array(
        z.strictObject({
          column: identifier,
          table: identifier.describe('silver table of the same configuration'),
          to: identifier.describe('column of that table'),
          reason: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'expected an upper-case code'),
          required: z.boolean().default(true).describe('true: a row without partner is quarantined until it arrives'),
        }),
      )
      .default([]),
    duplicates: z
      .enum(['keep', 'exact'])
      .default('keep')
      .describe('identical lines of one file: kept and flagged DUPLICATE_SUSPECT, or all but the first dropped'),
    partition: z
      .strictObject({ name: columnName, month_of: identifier })
      .optional()
      .describe('adds a column YYYY-MM by which bronze and silver are partitioned'),
    money: moneySchema
      .optional()
      .describe(
        'amounts that silver converts to USD; the original, the rate and its source stay beside them. Needs columns of type decimal',
      ),
    reject_above: z
      .number()
      .min(0)
      .max(1)
      .default(0.2)
      .describe('share of bad rows above which the whole file is rejected'),
  })
  .superRefine((dataset, context) => {
    const names = dataset.columns.map((column) => column.name);
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const known = (name: string) => names.includes(name);
    const valid = `valid columns: ${names.join(', ')}`;
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) !== index) complain(['columns', index, 'name'], `column '${name}' stands twice`);
    }
    for (const [index, name] of dataset.key.entries()) {
      if (!known(name)) complain(['key', index], `unknown column '${name}'; ${valid}`);
    }
    for (const [index, reference] of dataset.references.entries()) {
      if (!known(reference.column))
        complain(['references', index, 'column'], `unknown column '${reference.column}'; ${valid}`);
    }
    if (dataset.file.delimiter === dataset.file.quote)
      complain(['file', 'quote'], 'the delimiter and the quote must differ');
    if (dataset.kind === 'master' && dataset.key.length === 0) complain(['key'], 'kind master needs a key');
    for (const [index, name] of (dataset.money?.columns ?? []).entries()) {
      const { type } = dataset.columns.find((column) => column.name === name) ?? {};
      if (type === undefined) complain(['money', 'columns', index], `unknown column '${name}'; ${valid}`);
      else if (!type.startsWith('decimal')) complain(['money', 'columns', index], 'expected a column of type decimal');
      if (known(`${name}_original`)) complain(['money', 'columns', index], `${name}_original exists already`);
    }
    if (dataset.money !== undefined) {
      const { currency, date } = dataset.money;
      const typeOf = (name: string) => dataset.columns.find((column) => column.name === name)?.type;
      if (typeOf(currency) !== 'varchar') complain(['money', 'currency'], 'expected a column of type varchar');
      if (typeOf(date) !== 'date') complain(['money', 'date'], 'expected a column of type date');
      // A partition then depends on the rates of its own month only.
      if (dataset.partition !== undefined && dataset.partition.month_of !== date)
        complain(['money', 'date'], 'expected the column that partition.month_of names');
    }
    if (dataset.partition !== undefined) {
      const source = dataset.columns.find((column) => column.name === dataset.partition?.month_of);
      if (source === undefined) complain(['partition', 'month_of'], `unknown column; ${valid}`);
      else if (source.type !== 'date') complain(['partition', 'month_of'], 'expected a column of type date');
      if (known(dataset.partition.name)) complain(['partition', 'name'], 'a column of this name exists already');
    }
  });

/** The contract of one kind of dropped file, as written in `config/sources/<dataset>.json`. */
export type Dataset = z.infer<typeof datasetSchema>;

/** Source column names that a column may be read from, in order of preference; empty for constants and expressions. */
export function sourceNames(column: DatasetColumn): readonly string[] {
  if (column.constant !== undefined || column.expression !== undefined) return [];
  if (column.from === undefined) return [column.name];
  return typeof column.from === 'string' ? [column.from] : column.from;
}
