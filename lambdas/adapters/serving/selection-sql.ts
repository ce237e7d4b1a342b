import type { SQLInputValue } from 'node:sqlite';
import { UsageError } from '../../domain/errors.ts';
import { foldLetters } from '../../domain/linking/fold-letters.ts';
import type { Collection } from '../../domain/serving/collection.ts';
import type { ServedFilter, ServedSelection } from '../../ports/serving-store.ts';

/** Parts of a statement with the values of its marks. */
export interface SqlPart {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** The WHERE of a selection over the narrow table `c`, without the search in a word index. Throws UsageError for a column that is not there. */
export function selectionSql(collection: Collection, selection: ServedSelection): SqlPart {
  const parts = selection.filters.map((filter) => filterSql(collection, filter));
  if (selection.territories !== null) parts.push(territorySql(collection, selection.territories));
  if (selection.search !== null && collection.wordIndex !== true) parts.push(containsSql(collection, selection.search));
  if (parts.length === 0) return { sql: 'true', values: [] };
  return { sql: parts.map(({ sql }) => `(${sql})`).join(' and '), values: parts.flatMap(({ values }) => values) };
}

export function columnOf({ name, columns }: Collection, column: string): string {
  if (columns[column] === undefined) throw new UsageError(`The collection '${name}' has no column '${column}'.`);
  return `c."${column}"`;
}

function filterSql(collection: Collection, filter: ServedFilter): SqlPart {
  const column = columnOf(collection, filter.column);
  if ('known' in filter) return { sql: `${column} is ${filter.known ? 'not ' : ''}null`, values: [] };
  if ('any' in filter) return anySql(collection, filter.column, filter.any);
  const parts: SqlPart[] = [];
  if (filter.from !== undefined) parts.push({ sql: `${column} >= ?`, values: [filter.from] });
  if (filter.to !== undefined) parts.push({ sql: `${column} <= ?`, values: [filter.to] });
  if (parts.length === 0) return { sql: 'true', values: [] };
  return { sql: parts.map(({ sql }) => sql).join(' and '), values: parts.flatMap(({ values }) => values) };
}

function anySql(collection: Collection, name: string, values: readonly (string | number)[]): SqlPart {
  const column = columnOf(collection, name);
  if (values.length === 0) return { sql: 'false', values: [] };
  if (collection.columns[name] === 'list') {
    return {
      sql: values.map(() => `instr(${column}, ?) > 0`).join(' or '),
      values: values.map((value) => `|${value}|`),
    };
  }
  return { sql: `${column} in (${values.map(() => '?').join(', ')})`, values };
}

/** Rows of a collection without territories are for those who may see all. */
function territorySql(collection: Collection, territories: readonly string[]): SqlPart {
  const parts = collection.territories.map((column) => anySql(collection, column, territories));
  if (parts.length === 0) return { sql: 'false', values: [] };
  return { sql: parts.map(({ sql }) => `(${sql})`).join(' or '), values: parts.flatMap(({ values }) => values) };
}

function containsSql(collection: Collection, search: string): SqlPart {
  const words = foldLetters(search)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return { sql: 'true', values: [] };
  const column = columnOf(collection, 'search');
  return { sql: words.map(() => `instr(${column}, ?) > 0`).join(' and '), values: words };
}
