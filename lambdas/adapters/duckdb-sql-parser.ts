import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { QueryError } from '../domain/errors.ts';
import type { SqlShape } from '../domain/sql-shape.ts';
import type { SqlParser } from '../ports/sql-parser.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

interface Found {
  readonly tables: Set<string>;
  readonly tableFunctions: Set<string>;
  readonly columns: Set<string>;
  readonly functions: Set<string>;
  readonly nodes: Set<string>;
}

/** DuckDB's own parser, by `json_serialize_sql`: it refuses everything but SELECT statements. */
export class DuckDbSqlParser implements SqlParser {
  private connection: Promise<DuckDBConnection> | undefined;

  async parse(sql: string): Promise<SqlShape> {
    this.connection ??= DuckDBInstance.create(':memory:', { threads: '1' }).then((instance) => instance.connect());
    const connection = await this.connection;
    const reader = await connection.runAndReadAll('select cast(json_serialize_sql($sql::varchar) as varchar)', { sql });
    const tree = JSON.parse(String(reader.getRowsJson()[0]?.[0])) as { [key: string]: Json };
    if (tree.error === true) return notReadable(tree, sql);
    const statements = Array.isArray(tree.statements) ? tree.statements : [];
    const found: Found = {
      tables: new Set(),
      tableFunctions: new Set(),
      columns: new Set(),
      functions: new Set(),
      nodes: new Set(),
    };
    for (const statement of statements) walk(statement, new Set(), found);
    return {
      singleSelect: statements.length === 1,
      tables: [...found.tables].sort(),
      tableFunctions: [...found.tableFunctions].sort(),
      columns: [...found.columns].sort(),
      functions: [...found.functions].sort(),
      nodes: [...found.nodes].sort(),
    };
  }
}

function notReadable(tree: { [key: string]: Json }, sql: string): SqlShape {
  if (tree.error_type === 'not implemented')
    return { singleSelect: false, tables: [], tableFunctions: [], columns: [], functions: [], nodes: [] };
  const place = typeof tree.position === 'string' ? placeOf(sql, Number(tree.position)) : '';
  throw new QueryError(`The SQL cannot be parsed: ${String(tree.error_message)}${place}`);
}

/** Where an error is, for a person: DuckDB counts characters from 0. */
function placeOf(sql: string, position: number): string {
  const before = sql.slice(0, position).split('\n');
  return ` (line ${before.length}, column ${(before.at(-1) ?? '').length + 1})`;
}

/** CTE names hide tables of the same name, in the query that declares them and below. */
function walk(node: Json, hidden: ReadonlySet<string>, found: Found): void {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const child of node) walk(child, hidden, found);
    return;
  }
  const scope = new Set([...hidden, ...cteNames(node)]);
  if (typeof node.type === 'string') found.nodes.add(node.type);
  if (node.type === 'BASE_TABLE') {
    const schema = String(node.schema_name ?? '');
    const table = String(node.table_name ?? '');
    if (schema !== '') found.tables.add(`${schema}.${table}`.toLowerCase());
    else if (!scope.has(table.toLowerCase())) found.tables.add(table.toLowerCase());
  }
  if (node.type === 'TABLE_FUNCTION') {
    const { function: called } = node as { function?: { function_name?: string } };
    found.tableFunctions.add(String(called?.function_name ?? '').toLowerCase());
  }
  if (node.type === 'COLUMN_REF' && Array.isArray(node.column_names)) {
    found.columns.add(node.column_names.map(String).join('.').toLowerCase());
  }
  if (typeof node.function_name === 'string') found.functions.add(node.function_name.toLowerCase());
  for (const child of Object.values(node)) walk(child, scope, found);
}

function cteNames(node: { [key: string]: Json }): string[] {
  const map = (node.cte_map as { map?: { key: string }[] } | undefined)?.map ?? [];
  return map.map((entry) => entry.key.toLowerCase());
}
