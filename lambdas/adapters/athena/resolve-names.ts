import type { TableName } from '../../domain/table.ts';
import { identifier } from './sql-text.ts';

/** Texts, quoted names and comments, which are left alone, or a qualified name. */
const pieces = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\b([a-z_]\w*)\.([a-z_]\w*)\b/gi;

/** Names of a schema's tables in a statement: Athena's message about a schema that it does not know leaves them out. */
export function namesIn(sql: string, schema: string): string[] {
  const names = [...sql.matchAll(pieces)].filter(([, first]) => first?.toLowerCase() === schema);
  return [...new Set(names.map(([name]) => name.toLowerCase()))];
}

/**
 * A statement that reads each `layer.table` as the SELECT given for it. The SELECTs become named queries in front, so that a table that
 * is read several times is spelt out once; a name that is not in `relations` stays, and Athena says that it does not know it.
 */
export function resolveNames(sql: string, relations: ReadonlyMap<TableName, string>): string {
  const used = new Map<string, string>();
  const text = sql.replace(pieces, (piece: string, schema?: string, table?: string) => {
    if (schema === undefined || table === undefined) return piece;
    const name: TableName = `${schema.toLowerCase()}.${table.toLowerCase()}`;
    const select = relations.get(name);
    if (select === undefined) return piece;
    const query = identifier(name);
    used.set(query, select);
    return query;
  });
  if (used.size === 0) return text;
  const queries = [...used].map(([name, select]) => `${name} as (${select})`);
  return `with ${queries.join(',\n')}\nselect * from (\n${text}\n) as resolved`;
}
