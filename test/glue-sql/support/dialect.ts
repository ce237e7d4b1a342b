import { DuckDBInstance } from '@duckdb/node-api';

type Json = null | boolean | number | string | Json[] | JsonObject;
type JsonObject = { [key: string]: Json };

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * Functions and operators that Athena engine v3 (Trino) has, and that mean the same in DuckDB with the prelude. Not here on purpose:
 * avg (a double in DuckDB), date + interval (a timestamp in DuckDB), everything that reads a clock or is random. Add a function only
 * after reading about both.
 */
const allowedFunctions = words(`
  + - * / % || abs sign round mod ceil floor greatest least nullif bitwise_and bitwise_or bitwise_left_shift bit_count
  ~~ !~~ like_escape not_like_escape lower upper trim ltrim rtrim replace substr length reverse strpos split_part lpad rpad
  concat concat_ws starts_with regexp_like regexp_replace regexp_extract levenshtein_distance json_extract_scalar
  date_add date_diff date_trunc date_format year quarter month week day hour minute second day_of_week dow day_of_month day_of_year
  week_of_year year_of_week last_day_of_month
  count count_star count_if sum min max bool_and bool_or min_by max_by approx_distinct bitwise_or_agg array_agg
  array_join array_sort cardinality element_at sequence split contains unnest
  row_number rank dense_rank lag lead first_value last_value ntile
`);

const allowedNodes = words(`
  SELECT_NODE SET_OPERATION_NODE
  BASE_TABLE JOIN SUBQUERY EXPRESSION_LIST TABLE_FUNCTION EMPTY
  COLUMN_REF FUNCTION VALUE_CONSTANT OPERATOR_CAST CASE_EXPR CONJUNCTION_AND CONJUNCTION_OR
  OPERATOR_NOT OPERATOR_COALESCE OPERATOR_IS_NULL OPERATOR_IS_NOT_NULL COMPARE_IN COMPARE_NOT_IN COMPARE_BETWEEN
  COMPARE_EQUAL COMPARE_NOTEQUAL COMPARE_LESSTHAN COMPARE_LESSTHANOREQUALTO COMPARE_GREATERTHAN COMPARE_GREATERTHANOREQUALTO
  COMPARE_DISTINCT_FROM COMPARE_NOT_DISTINCT_FROM ARRAY_CONSTRUCTOR
  WINDOW_AGGREGATE WINDOW_ROW_NUMBER WINDOW_RANK WINDOW_RANK_DENSE WINDOW_LAG WINDOW_LEAD WINDOW_FIRST_VALUE WINDOW_LAST_VALUE
  WINDOW_NTILE
  ORDER_MODIFIER LIMIT_MODIFIER DISTINCT_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING NULLS_FIRST NULLS_LAST
  DECIMAL_TYPE_INFO SCALAR EXISTS NOT_EXISTS ANY
`);

const allowedTypes = words('BOOLEAN INTEGER BIGINT DECIMAL VARCHAR DATE TIMESTAMP NULL');
const allowedJoins = words('INNER LEFT RIGHT FULL REGULAR CROSS');

/** Constructs that the tree does not keep, or that are clearer by a sentence. Comments and texts are blanked out before. */
const textRules: readonly (readonly [pattern: RegExp, complaint: string])[] = [
  [/::/, 'a cast with ::, write cast(x as type)'],
  [/,\s*(?:\)|from\b|where\b|group\b|order\b|$)/i, 'a trailing comma, Trino has none'],
  [/\/\//, 'integer division with //, write / between bigints'],
  [/\*\*/, 'a power with **'],
  [/==/, 'a comparison with =='],
  [/\bdistinct\s+on\b/i, 'DISTINCT ON'],
  [/\bas\s+(?:not\s+)?materialized\b/i, 'a hint to materialise'],
  [/\bcast\s*\([^()]*\bas\s+(?:text|string|float|numeric)\s*\)/i, 'a type name that Trino does not have'],
];

export class DialectReader {
  private readonly connection;

  private constructor(connection: Awaited<ReturnType<DuckDBInstance['connect']>>) {
    this.connection = connection;
  }

  static async open(): Promise<DialectReader> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    return new DialectReader(await instance.connect());
  }

  /** What of a statement the dialect does not have, each as `path: construct`; empty when all is well. */
  async violations(path: string, sql: string): Promise<string[]> {
    const plain = withoutTextsAndComments(sql);
    const found = new Set(textRules.filter(([pattern]) => pattern.test(plain)).map(([, complaint]) => complaint));
    if (/\bdecimal\s*'[^']*\.\d{4,}'/i.test(sql)) {
      found.add("decimal '…' with more than 3 digits behind the point, which DuckDB cuts to 3; write the bare number");
    }
    const tree = await this.tree(sql);
    if (tree.error === true) found.add(`not one SELECT: ${String(tree.error_message)}`);
    if (Array.isArray(tree.statements) && tree.statements.length > 1) found.add('more than one statement');
    inspect(tree.statements ?? null, found);
    return [...found].toSorted().map((construct) => `${path}: ${construct}`);
  }

  /** `schema.table` of every table read; CTE names left out. */
  async tables(sql: string): Promise<string[]> {
    const found = new Set<string>();
    collectTables((await this.tree(sql)).statements ?? null, new Set(), found);
    return [...found].toSorted();
  }

  private async tree(sql: string): Promise<JsonObject> {
    const reader = await this.connection.runAndReadAll('select cast(json_serialize_sql($sql::varchar) as varchar)', {
      sql,
    });
    return JSON.parse(String(reader.getRowsJson()[0]?.[0])) as JsonObject;
  }
}

function withoutTextsAndComments(sql: string): string {
  return sql
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .trim();
}

function inspect(node: Json, found: Set<string>): void {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const child of node) inspect(child, found);
    return;
  }
  for (const complaint of complaintsAbout(node)) found.add(complaint);
  for (const [name, child] of Object.entries(node)) if (!isStarOfValues(node, name)) inspect(child, found);
}

/** `values (…), (…)` is kept as a star over a list of rows. */
function isStarOfValues(node: JsonObject, property: string): boolean {
  const from = node.from_table as JsonObject | null | undefined;
  return property === 'select_list' && from?.type === 'EXPRESSION_LIST';
}

function* complaintsAbout(node: JsonObject): Iterable<string> {
  const { type } = node;
  if (type === 'STAR') yield* starComplaints(node);
  else if (type === 'LAMBDA') yield 'a lambda';
  else if (typeof type === 'string' && !allowedNodes.has(type)) yield `the node ${type}`;
  if (type === 'OPERATOR_COALESCE' && Array.isArray(node.children) && node.children.length < 2) {
    yield 'coalesce of one value, where Trino wants two';
  }
  if (typeof node.function_name === 'string' && !allowedFunctions.has(node.function_name.toLowerCase())) {
    yield `the function ${node.function_name.toLowerCase()}`;
  }
  if (typeof node.id === 'string' && !allowedTypes.has(node.id)) yield `the type ${node.id}`;
  for (const kind of [node.join_type, node.ref_type]) {
    if (typeof kind === 'string' && !allowedJoins.has(kind)) yield `the join ${kind}`;
  }
  if (node.qualify !== undefined && node.qualify !== null) yield 'QUALIFY';
  if (node.aggregate_handling === 'FORCE_AGGREGATES') yield 'GROUP BY ALL';
  if (node.sample !== undefined && node.sample !== null) yield 'a sample';
  if (type === 'LIMIT_MODIFIER' && node.offset !== null)
    yield 'OFFSET, which stands before LIMIT in Trino and behind it in DuckDB';
}

function* starComplaints(node: JsonObject): Iterable<string> {
  const filled = (value: Json | undefined) => Array.isArray(value) && value.length > 0;
  if (filled(node.exclude_list) || filled(node.qualified_exclude_list)) yield 'EXCLUDE';
  else if (filled(node.replace_list)) yield 'REPLACE';
  else if (node.columns === true) yield 'COLUMNS(…)';
  else yield 'a star, write the columns';
}

function collectTables(node: Json, hidden: ReadonlySet<string>, found: Set<string>): void {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const child of node) collectTables(child, hidden, found);
    return;
  }
  const map = (node.cte_map as { map?: { key: string }[] } | undefined)?.map ?? [];
  const scope = new Set([...hidden, ...map.map((entry) => entry.key.toLowerCase())]);
  if (node.type === 'BASE_TABLE') {
    const schema = String(node.schema_name ?? '').toLowerCase();
    const table = String(node.table_name ?? '').toLowerCase();
    if (schema !== '') found.add(`${schema}.${table}`);
    else if (!scope.has(table)) found.add(table);
  }
  for (const child of Object.values(node)) collectTables(child, scope, found);
}
