import { z } from 'zod';
import { count, text } from './values.ts';

/** Most rows of one page. */
export const largestPage = 200;

export const pageSchema = z
  .strictObject({
    limit: count('most rows of this page'),
    total: count('rows that match the filters, over all pages'),
    next_cursor: text('pass it as `cursor` for the next page; null on the last one').nullable(),
  })
  .meta({ id: 'Page' });
export type Page = z.infer<typeof pageSchema>;

export const sourceSchema = z
  .strictObject({
    run_id: text('the publication that every figure of this response comes from').nullable(),
    as_of: z.iso.date().describe('the date as of which it was computed').nullable(),
  })
  .meta({ id: 'Source' });
export type Source = z.infer<typeof sourceSchema>;

export const facetSchema = z
  .strictObject({ value: text('a value of the column'), count: count('rows that have it, before any filter') })
  .meta({ id: 'Facet' });

/** A page of rows. `facets` is there when `facets=true` was asked for: column -> its values, most frequent first. */
export function listOf<Row extends z.ZodType>(row: Row) {
  return z.strictObject({
    data: z.array(row),
    page: pageSchema,
    source: sourceSchema,
    facets: z.record(z.string(), z.array(facetSchema)).optional(),
  });
}

/** All rows at once, where there are few. */
export function allOf<Row extends z.ZodType>(row: Row) {
  return z.strictObject({ data: z.array(row), source: sourceSchema });
}

/** `name` ascending or `-name` descending. */
export function sortBy<const Name extends string>(names: readonly Name[]) {
  const options = names.flatMap((name) => [name, `-${name}`] as const);
  return z.enum(options as [Name | `-${Name}`, ...(Name | `-${Name}`)[]]);
}

/** Several values of one column: comma-separated, any of them matches. */
export function anyOf<const Value extends string>(values: readonly Value[]) {
  const alternatives = values.join('|');
  return z
    .string()
    .regex(
      new RegExp(`^(${alternatives})(,(${alternatives}))*$`),
      `expected one or more of ${values.join(', ')}, comma-separated`,
    );
}

export const booleanParameter = z.enum(['true', 'false']);
/** A value to be matched exactly. */
export const valueParameter = z.string().min(1).max(200);
export const searchParameter = z.string().max(200);
export const monthParameter = z.string().regex(/^\d{4}-\d{2}$/, 'expected YYYY-MM');
export const csvParameter = z
  .enum(['json', 'csv'])
  .describe('csv gives all rows that match as a file, whatever limit and cursor say; so does `Accept: text/csv`');

/** Parameters that every list takes. */
export const pageParameters = {
  limit: z.coerce.number().int().min(1).max(largestPage).optional().describe('most rows of a page; 50 unless told'),
  cursor: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('where the page before ended; only with the same filters and sort'),
  format: csvParameter.optional(),
  facets: booleanParameter.optional().describe('true: also the values of the columns that can be filtered by'),
};
