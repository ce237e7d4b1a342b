import type { DatabaseSync, StatementSync, SQLInputValue } from 'node:sqlite';
import { foldLetters } from '../../domain/linking/fold-letters.ts';
import type { Collection } from '../../domain/serving/collection.ts';
import { searchWords } from '../../domain/serving/search-words.ts';
import { type DuckDbSession, identifier } from '../duckdb/session.ts';
import { DocumentBlocks, rankStep } from './document-blocks.ts';
import { bodyTable, wordTable } from './snapshot-tables.ts';

/** Reads the collection's rows and documents from DuckDB and writes them, a part of the ranks at a time. Returns the number of rows. */
export async function fillCollection(
  database: DatabaseSync,
  session: DuckDbSession,
  collection: Collection,
  signal: AbortSignal | undefined,
): Promise<number> {
  const ranked = `ranked_${collection.name}`;
  await session.run(`create or replace temp table ${identifier(ranked)} as ${collection.ranked}`, signal);
  const [counted] = await session.rows(`select count(*) as n from temp.${identifier(ranked)}`, signal);
  const rows = Number(counted?.n);
  const writeRow = rowWriter(database, collection);
  for (let from = 0; from < rows; from += rankStep) {
    const part = `(select * from temp.${identifier(ranked)} where rank > ${from} and rank <= ${from + rankStep})`;
    await stream(session, collection.rows.replaceAll('{ranked}', part), writeRow, signal);
    for (const [document, sql] of Object.entries(collection.documents)) {
      const blocks = new DocumentBlocks(database, collection.name, document);
      const add: WriteRow = ([rank, body]) => blocks.add(Number(rank), String(body));
      await stream(session, sql.replaceAll('{ranked}', part), add, signal);
      blocks.write();
    }
  }
  await session.run(`drop table temp.${identifier(ranked)}`);
  return rows;
}

type WriteRow = (values: readonly SQLInputValue[]) => void;

/** Takes rank, key, the columns, body, and words where there is an index of them. */
function rowWriter(database: DatabaseSync, { name, columns, wordIndex }: Collection): WriteRow {
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

async function stream(
  session: DuckDbSession,
  sql: string,
  write: WriteRow,
  signal: AbortSignal | undefined,
): Promise<void> {
  await session.interruptible(signal, async () => {
    const result = await session.connection.stream(sql);
    for (
      let chunk = await result.fetchChunk();
      chunk !== null && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      const columns = chunk.getColumns() as SQLInputValue[][];
      for (let row = 0; row < chunk.rowCount; row++) write(columns.map((column) => column[row] ?? null));
    }
  });
}
