import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { foldLetters } from '../../domain/linking/fold-letters.ts';
import type { Collection } from '../../domain/serving/collection.ts';
import { searchWords } from '../../domain/serving/search-words.ts';
import { DocumentBlocks } from './document-blocks.ts';
import { bodyTable, wordTable } from './snapshot-tables.ts';

/** One SELECT of DuckDB whose rows go into the snapshot. */
export interface FillJob {
  readonly collection: string;
  readonly sql: string;
  readonly write: (values: readonly SQLInputValue[]) => void;
  /** Called after the last row. */
  readonly end: () => void;
}

/** The table with a collection's keys and ranks, how many there are, and of how many a statement can hold the groups. */
export interface Ranked {
  readonly table: string;
  readonly count: number;
  readonly atOnce: number;
}

/** What fills a collection: its rows, then its documents. */
export function jobsOf(database: DatabaseSync, collection: Collection, ranked: Ranked): FillJob[] {
  const { name } = collection;
  const from = (sql: string, source = ranked.table) => sql.replaceAll('{ranked}', source);
  // In the order of ranks pages are filled one after the other.
  const rows = `select * from (${from(collection.rows)}) as each order by rank`;
  const documents = Object.entries(collection.documents).flatMap(([document, { sql, inParts }]): FillJob[] => {
    const blocks = new DocumentBlocks(database, name, document);
    const sources = inParts === true ? partsOf(ranked) : [ranked.table];
    return sources.map((source, index) => ({
      collection: name,
      sql: from(sql, source),
      write: ([rank, body]) => blocks.add(Number(rank), String(body)),
      end: () => (index === sources.length - 1 ? blocks.end() : undefined),
    }));
  });
  return [{ collection: name, sql: rows, write: rowWriter(database, collection), end: () => {} }, ...documents];
}

/** Each a SELECT of so many ranks, one after the other. */
function partsOf({ table, count, atOnce }: Ranked): string[] {
  return Array.from({ length: Math.max(1, Math.ceil(count / atOnce)) }, (_, part) => {
    const first = part * atOnce;
    return `(select * from ${table} where rank > ${first} and rank <= ${first + atOnce})`;
  });
}

/** Takes rank, key, the columns, body, and words where there is an index of them. */
function rowWriter(database: DatabaseSync, { name, columns, wordIndex }: Collection): FillJob['write'] {
  const kinds = Object.values(columns);
  const marks = Array.from({ length: kinds.length + 2 }, () => '?').join(', ');
  const insert = database.prepare(`insert into "${name}" values (${marks})`);
  const insertBody = database.prepare(`insert into "${bodyTable(name)}" values (?, ?)`);
  const insertWords: StatementSync | null =
    wordIndex === true ? database.prepare(`insert into "${wordTable(name)}" (rowid, words) values (?, ?)`) : null;
  return (values) => {
    const [rank = null, key = null, ...rest] = values;
    const stored = kinds.map((kind, index): SQLInputValue => {
      const value = rest[index] ?? null;
      if (kind === 'search') return value === null ? null : foldLetters(String(value));
      return typeof value === 'boolean' ? Number(value) : value;
    });
    insert.run(rank, key, ...stored);
    insertBody.run(rank, rest[kinds.length] ?? null);
    insertWords?.run(rank, searchWords(String(rest[kinds.length + 1] ?? '')).join(' '));
  };
}
