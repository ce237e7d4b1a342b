import { z } from 'zod';
import { columnTypeNames } from './column-type.ts';
import { columnName, columnTypeSchema } from './dataset.ts';
import { personalMarkSchema, personalMarkText } from './personal-data.ts';

const fieldName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,79}$/, 'expected the API name of a field');
const severity = z.enum(['warn', 'quarantine']);

/** What can be done to a text before it is typed. Every text is trimmed first, and an empty one is null. */
const textSteps = ['upper', 'lower', 'collapse_spaces', 'phone', 'email', 'integer_text'] as const;
export type TextStep = (typeof textSteps)[number];

const mappingColumnSchema = z
  .strictObject({
    name: columnName.describe('column of the silver table'),
    from: z
      .union([fieldName, z.array(fieldName).min(1)])
      .describe('API name of the field, or names of which the first that is not empty counts'),
    type: columnTypeSchema.describe(columnTypeNames),
    description: z.string().min(1).describe('what the value means, for the data dictionary'),
    unit: z.string().optional(),
    pii: personalMarkSchema.optional().describe(personalMarkText),
    normalise: z.array(z.enum(textSteps)).default([]).describe('applied to the trimmed text, in this order'),
    values: z
      .record(z.string(), z.string())
      .default({})
      .describe('values to replace after normalisation: "technolgy": "technology"'),
    default: z.string().optional().describe('text that stands for an empty value'),
    on_bad: z
      .enum(['null', 'quarantine'])
      .default('null')
      .describe('a text that the type does not take: null with a counted warning, or the row is set aside'),
    required: severity.optional().describe('what an empty value means'),
    format: z.enum(['email']).optional().describe('a text of another form is a warning'),
    accepted: z.array(z.string()).min(1).optional().describe('any other value is a warning'),
    reference: z
      .strictObject({ table: columnName, to: columnName })
      .optional()
      .describe('silver table and column in which the value must be found; else a warning'),
    money: z
      .boolean()
      .default(false)
      .describe('an amount in the currency of the record: converted to USD, with <name>_original beside it'),
  })
  .superRefine((column, context) => {
    const complain = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const fold = column.normalise.some((step) => ['upper', 'lower', 'email'].includes(step));
    if (fold && sourceFields(column).some((field) => /Id$/.test(field))) {
      complain('normalise', 'an Id is never folded: two Ids may differ in case only');
    }
    if (column.money && !column.type.startsWith('decimal')) complain('money', 'an amount of money is a decimal');
    if (column.format !== undefined && column.type !== 'varchar') complain('format', 'a form is judged of a varchar');
    if (column.type === 'varchar' && column.on_bad !== 'null') complain('on_bad', 'every text is a varchar');
  });

export type MappingColumn = z.infer<typeof mappingColumnSchema>;

const currencySchema = z
  .strictObject({
    from: z.array(fieldName).min(1).default(['CurrencyIsoCode']).describe('fields with the ISO 4217 code'),
    parent: z
      .strictObject({
        column: columnName.describe('column of this table with the key of the parent'),
        table: columnName.describe('silver table of the parent, which has a currency itself'),
        key: columnName.describe('key of that table'),
        date: columnName.optional().describe('date of the parent that counts before the own ones'),
      })
      .optional()
      .describe('record whose currency counts when the own is empty: the opportunity of a line item'),
    account: columnName.optional().describe('column with the Id of the account whose country tells the currency'),
    country: columnName.optional().describe('column of this table with the country that tells the currency'),
    dates: z.array(columnName).min(1).describe('columns of which the first that is not empty says whose rate counts'),
  })
  .refine((currency) => [currency.parent, currency.account, currency.country].filter(Boolean).length <= 1, {
    error: 'give one of parent, account and country',
  });

export const mappingSchema = z
  .strictObject({
    $schema: z.string().optional(),
    object: fieldName.describe('API name of the Salesforce object: Account, Invoice__c'),
    table: columnName.describe('silver table; the file is named like it, with dashes'),
    description: z.string().min(1),
    row: z.string().min(1).describe('what a row is'),
    owner: z.string().min(1),
    key: columnName.default('id').describe('column that comes from Id'),
    columns: z.array(mappingColumnSchema).min(1),
    currency: currencySchema.optional().describe('how the currency of money columns is found'),
  })
  .superRefine((mapping, context) => {
    const names = mapping.columns.map((column) => column.name);
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const valid = `valid columns: ${names.join(', ')}`;
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) !== index) complain(['columns', index, 'name'], `column '${name}' stands twice`);
      if (addedColumns.includes(name))
        complain(['columns', index, 'name'], 'every mapped table has this column already');
    }
    const key = mapping.columns.find((column) => column.name === mapping.key);
    if (key === undefined || String(key.from) !== 'Id')
      complain(['key'], `expected the column that comes from Id; ${valid}`);
    const { currency } = mapping;
    if (currency === undefined && mapping.columns.some((column) => column.money)) {
      complain(['currency'], 'money columns need to know their currency');
    }
    if (currency === undefined) return;
    const used = { account: currency.account, country: currency.country, parent: currency.parent?.column };
    for (const [part, name] of Object.entries(used)) {
      if (name !== undefined && !names.includes(name))
        complain(['currency', part], `unknown column '${name}'; ${valid}`);
    }
    for (const [index, name] of currency.dates.entries()) {
      const type = mapping.columns.find((column) => column.name === name)?.type;
      if (type !== 'date' && type !== 'timestamp')
        complain(['currency', 'dates', index], `expected a column of type date or timestamp; ${valid}`);
    }
  });

/** What every mapped table has besides its columns. */
const addedColumns = ['currency', 'fx_rate', 'fx_source', 'is_deleted', 'system_modstamp'];

/** `config/mappings/<table>.json`: how the records of a Salesforce object become a silver table. */
export type Mapping = z.infer<typeof mappingSchema>;

/** Fields that a column may be read from, in order of preference. */
export function sourceFields(column: Pick<MappingColumn, 'from'>): readonly string[] {
  return typeof column.from === 'string' ? [column.from] : column.from;
}

/** Fields of which the first that is not empty says which version of a record is the later one. */
export const stampFields = ['SystemModstamp', 'LastModifiedDate', 'CreatedDate'] as const;
const systemFields = ['Id', 'IsDeleted', ...stampFields];

/** Lower-case API names of all fields that a mapping reads, without repeats: columns that its bronze table must have. */
export function mappedFields(mapping: Mapping): string[] {
  const fields = [
    ...systemFields,
    ...mapping.columns.flatMap((column) => sourceFields(column)),
    ...(mapping.currency?.from ?? []),
  ];
  return [...new Set(fields.map((field) => field.toLowerCase()))];
}
