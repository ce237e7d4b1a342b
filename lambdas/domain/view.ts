import { z } from 'zod';
import { columnTypeSchema } from './dataset.ts';
import type { Column, TableName } from './table.ts';

const identifier = z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected a lower-case name');

/** Views stand in this layer, beside the tables that they read: in Athena both are in one database. */
export const viewLayer = 'analytics';

/** The `.yml` beside a view's SQL in `glue-sql/views/`. */
export const viewContractSchema = z.strictObject({
  view: z
    .string()
    .regex(/^analytics\.[a-z][a-z0-9_]*$/, 'expected analytics.<name>')
    .transform((text) => text as TableName),
  row: z.string().describe('what a row is'),
  description: z.string().describe('the question that it answers'),
  owner: z.string(),
  columns: z
    .array(
      z.strictObject({
        name: identifier,
        type: columnTypeSchema,
        description: z.string(),
        unit: z.string().optional(),
      }),
    )
    .min(1),
});

export type ViewContract = z.infer<typeof viewContractSchema>;

/** A table that a view reads: of `analytics`, or of `ops`. */
export interface ViewTable {
  readonly table: TableName;
  readonly columns: readonly Column[];
  /** Of a table that runs append to: of rows that agree in these columns the one written last counts. */
  readonly latestBy?: readonly string[] | undefined;
}

/** A question asked often: a SELECT in Athena's dialect over what analysts may read. */
export interface View {
  readonly view: TableName;
  readonly sql: string;
  readonly contract: ViewContract;
  readonly reads: readonly ViewTable[];
}

/** The view's SELECT with the columns of its contract, in order, and no others. */
export function viewSelect(
  contract: ViewContract,
  sql: string,
  cast: (column: Column) => string = ({ type }) => type,
): string {
  const columns = contract.columns.map((column) => `  cast("${column.name}" as ${cast(column)}) as "${column.name}"`);
  return `select\n${columns.join(',\n')}\nfrom (\n${sql.trim()}\n) as view_rows`;
}
