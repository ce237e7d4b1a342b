import { DuckDBDataChunk, VARCHAR } from '@duckdb/node-api';
import { ModelError } from '../../domain/errors.ts';
import type { DuckDbSession } from './session.ts';
import { identifier } from '../../domain/sql-text.ts';

/** Rows of a chunk: DuckDB's own vector size. */
const chunkRows = 2_048;

/**
 * Makes a temporary table of rows that code computed, every column as text, and returns its name for SQL. Texts that no value of the
 * column's type has fail when they are cast. Throws ModelError for a row that lacks a column.
 */
export async function createRowsTable(
  session: DuckDbSession,
  name: string,
  columns: readonly string[],
  rows: readonly object[],
): Promise<string> {
  const table = `temp.${identifier(name)}`;
  const list = columns.map((column) => `${identifier(column)} varchar`).join(', ');
  await session.run(`create or replace temp table ${identifier(name)} (${list})`);
  const appender = await session.connection.createAppender(name, 'main', 'temp');
  const types = columns.map(() => VARCHAR);
  for (let start = 0; start < rows.length; start += chunkRows) {
    const part = rows.slice(start, start + chunkRows);
    const chunk = DuckDBDataChunk.create(types, part.length);
    chunk.setColumns(columns.map((column) => part.map((row) => cellText(row, column))));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  return table;
}

function cellText(row: object, column: string): string | null {
  const value: unknown = Reflect.get(row, column);
  if (value === undefined) {
    throw new ModelError(`A row that code computed has no '${column}': ${JSON.stringify(row).slice(0, 300)}`);
  }
  return value === null ? null : String(value);
}
