import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import type { SqlParser } from '../ports/sql-parser.ts';
import { queryLake } from './query-lake.ts';
import { literal } from '../domain/sql-text.ts';

/** A row of a query, by column. */
export type LakeRow = Readonly<Record<string, string | number | boolean | null>>;

/** Rows of a query on the current publication. Throws QueryError. */
export async function lakeRows(ports: PipelinePorts, parser: SqlParser, sql: string): Promise<LakeRow[]> {
  const { columns, rows } = await queryLake(ports, parser, sql);
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
}

/** What somebody may have meant by a key that does not exist. */
export interface SimilarKey {
  readonly key: string;
  readonly name: string;
}

const similarShown = 5;

/** Keys and names of a SELECT (columns `key` and `name`) of which one contains the text, whatever its case; by name. */
export async function similarKeys(
  ports: PipelinePorts,
  parser: SqlParser,
  keyed: string,
  text: string,
): Promise<SimilarKey[]> {
  const wanted = literal(text.toLowerCase());
  const rows = await lakeRows(
    ports,
    parser,
    `select key, name from (${keyed}) as keyed where strpos(lower(key), ${wanted}) > 0 or strpos(lower(name), ${wanted}) > 0
      order by name, key limit ${similarShown}`,
  );
  return rows.map(({ key, name }) => ({ key: String(key), name: String(name ?? '') }));
}
