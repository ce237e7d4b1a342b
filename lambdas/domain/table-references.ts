import type { TableName } from './table.ts';

/** Texts, quoted names and comments, which hide what they contain; then `layer.table` that is no part of a longer name. */
const tokens =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|(?<![\w."])([a-z_]\w*)\s*\.\s*([a-z_]\w*)(?![\w("]|\s*\.)/gi;

const blank = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/;

/** Words that may follow a table in FROM; any other word there is its alias. */
const noAlias: ReadonlySet<string> = new Set(
  (
    'cross except fetch for full group having inner intersect join left limit natural offset on order right tablesample union using ' +
    'where window'
  ).split(' '),
);

/**
 * Puts something else into the place of tables: `replacement` gives what stands for `layer.table`, in parentheses where it is a SELECT,
 * or undefined to leave it. A table without an alias gets its own name as one, so that `table.column` still means the same. Tables
 * are found by their plain names only, in any case of letters, not in quotes.
 */
export function replaceTables(sql: string, replacement: (table: TableName) => string | undefined): string {
  return sql.replace(tokens, (found, layer: string | undefined, table: string | undefined, place: number) => {
    if (layer === undefined || table === undefined) return found;
    const made = replacement(`${layer}.${table}`.toLowerCase() as TableName);
    if (made === undefined) return found;
    return hasAlias(sql.slice(place + found.length)) ? made : `${made} as ${table}`;
  });
}

function hasAlias(rest: string): boolean {
  const gap = blank.exec(rest);
  if (gap === null) return false;
  const next = /^(?:"|[a-z_]\w*)/i.exec(rest.slice(gap[0].length))?.[0].toLowerCase();
  return next !== undefined && !noAlias.has(next);
}
