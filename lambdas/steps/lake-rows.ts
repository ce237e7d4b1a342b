import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import type { SqlParser } from '../ports/sql-parser.ts';
import { queryLake } from './query-lake.ts';

/** A row of a query, by column. */
export type LakeRow = Readonly<Record<string, string | number | boolean | null>>;

/** Rows of a query on the current publication. Throws QueryError. */
export async function lakeRows(ports: PipelinePorts, parser: SqlParser, sql: string): Promise<LakeRow[]> {
  const { columns, rows } = await queryLake(ports, parser, sql);
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
}

/** A text as it stands in SQL. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
