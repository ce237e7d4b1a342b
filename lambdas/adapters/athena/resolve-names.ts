import type { TableName } from '../../domain/table.ts';
import { replaceTables } from '../../domain/table-references.ts';
import { identifier } from './sql-text.ts';

/** Names of a schema's tables in a statement: Athena's message about a schema that it does not know leaves them out. */
export function namesIn(sql: string, schema: string): string[] {
  const names = new Set<string>();
  replaceTables(sql, (table) => {
    if (table.startsWith(`${schema}.`)) names.add(table);
    return undefined;
  });
  return [...names];
}

/**
 * A statement that reads each `layer.table` as the SELECT given for it. The SELECTs become named queries in front, so that a table that
 * is read several times is spelt out once; a name that is not in `relations` stays, and Athena says that it does not know it.
 */
export function resolveNames(sql: string, relations: ReadonlyMap<TableName, string>): string {
  const used = new Map<string, string>();
  const text = replaceTables(sql, (table) => {
    const select = relations.get(table);
    if (select === undefined) return undefined;
    used.set(identifier(table), select);
    return identifier(table);
  });
  if (used.size === 0) return text;
  const queries = [...used].map(([name, select]) => `${name} as (${select})`);
  return `with ${queries.join(',\n')}\nselect * from (\n${text}\n) as resolved`;
}
