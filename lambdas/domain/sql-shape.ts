/** What a statement consists of, from the engine's own parser. */
export interface SqlShape {
  /** True for exactly one statement that only reads: a SELECT, WITH … SELECT or VALUES. */
  readonly singleSelect: boolean;
  /** `schema.table` (or a bare name) of every table read, CTE names left out; sorted, no repeats. */
  readonly tables: readonly string[];
  /** Names of functions in FROM (`read_csv`, `unnest`), lower case; sorted, no repeats. */
  readonly tableFunctions: readonly string[];
  /** Column references as written, parts joined by a dot, lower case; sorted, no repeats. */
  readonly columns: readonly string[];
  /** Function and operator names, lower case; sorted, no repeats. */
  readonly functions: readonly string[];
  /** Node types of the syntax tree (`SUBQUERY`, `LAMBDA` …); sorted, no repeats. */
  readonly nodes: readonly string[];
}

/** Throws QueryError with the parser's message and position. */
export type ParseSql = (sql: string) => Promise<SqlShape>;
