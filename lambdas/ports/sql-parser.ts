import type { SqlShape } from '../domain/sql-shape.ts';

export interface SqlParser {
  /** Throws QueryError with the parser's message and position. */
  parse(sql: string): Promise<SqlShape>;
}
