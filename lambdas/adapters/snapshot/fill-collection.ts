import { DuckDBBlobValue } from '@duckdb/node-api';
import type { DatabaseSync, StatementSync, SQLInputValue } from 'node:sqlite';
import { deflateRawSync } from 'node:zlib';
import { foldLetters } from '../../domain/linking/fold-letters.ts';
import type { Collection } from '../../domain/serving/collection.ts';
import { type DuckDbSession, identifier } from '../duckdb/session.ts';
import { bodyTable, documentTable, wordTable } from './snapshot-tables.ts';

/** Rows of one statement: bounds the memory that lists of a row's events need. */
const rankStep = 50_000;

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
    await stream(session, rowsSql(collection, part), writeRow, signal);
    for (const [document, { sql, packed }] of Object.entries(collection.documents)) {
      const insert = database.prepare(`insert into "${documentTable(collection.name, document)}" values (?, ?)`);
      const write: WriteRow = ([rank = null, body]) => {
        const bytes = bytesOf(body);
        insert.run(rank as SQLInputValue, packed === true ? deflateRawSync(bytes, { level: 1 }) : bytes);
      };
      await stream(
        session,
        `select rank, encode(body) from (${sql.replaceAll('{ranked}', part)}) as each`,
        write,
        signal,
      );
    }
  }
  await session.run(`drop table temp.${identifier(ranked)}`);
  return rows;
}

type WriteRow = (values: readonly (SQLInputValue | DuckDBBlobValue)[]) => void;

/** The SELECT with the body as bytes. */
function rowsSql({ rows }: Collection, ranked: string): string {
  return `select * replace (encode(body) as body) from (${rows.replaceAll('{ranked}', ranked)}) as each`;
}

function bytesOf(value: unknown): Uint8Array {
  return value instanceof DuckDBBlobValue ? value.bytes : new Uint8Array();
}

/** Takes rank, the columns, body, and words where there is an index of them. */
function rowWriter(database: DatabaseSync, { name, columns, wordIndex }: Collection): WriteRow {
  const kinds = Object.values(columns);
  const marks = Array.from({ length: kinds.length + 2 }, () => '?').join(', ');
  const insert = database.prepare(`insert into "${name}" values (${marks})`);
  const insertBody = database.prepare(`insert into "${bodyTable(name)}" values (?, ?)`);
  const insertWords: StatementSync | null =
    wordIndex === true ? database.prepare(`insert into "${wordTable(name)}" (rowid, words) values (?, ?)`) : null;
  return (values) => {
    const [rank = null, key = null, ...rest] = values as readonly SQLInputValue[];
    const stored = kinds.map((kind, index): SQLInputValue => {
      const value = rest[index] ?? null;
      if (kind === 'search') return value === null ? null : foldLetters(String(value));
      return typeof value === 'boolean' ? Number(value) : value;
    });
    insert.run(rank, key, ...stored);
    insertBody.run(rank, bytesOf(values[kinds.length + 2]));
    insertWords?.run(rank, rest[kinds.length + 1] ?? '');
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
      const columns = chunk.getColumns() as (SQLInputValue | DuckDBBlobValue)[][];
      for (let row = 0; row < chunk.rowCount; row++) write(columns.map((column) => column[row] ?? null));
    }
  });
}
