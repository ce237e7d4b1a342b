import { createReadStream } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { BulkQuery } from '../soql/bulk-query.ts';
import { RowIndex } from './row-index.ts';

/** How a job writes its CSV. */
export interface CsvFormat {
  readonly delimiter: string;
  readonly lineEnd: '\n' | '\r\n';
}

/**
 * The results of a Bulk job: a CSV file without header, with every value quoted, and where each of its rows begins, so that any
 * page can be sent as a stretch of the file.
 */
export class ResultFile {
  readonly path: string;
  readonly header: Buffer;
  readonly #rows: RowIndex;

  private constructor(path: string, header: Buffer, rows: RowIndex) {
    this.path = path;
    this.header = header;
    this.#rows = rows;
  }

  /** Runs the query, once, into a file. What the org's data are at this moment is what every page will show. */
  static async write(
    connection: DuckDBConnection,
    query: BulkQuery,
    format: CsvFormat,
    path: string,
  ): Promise<ResultFile> {
    await connection.run(
      `copy (${query.sql}) to '${path.replaceAll("'", "''")}' (format csv, header false, force_quote *, quote '"',
       escape '"', delimiter '${format.delimiter}', new_line '${format.lineEnd === '\n' ? '\\n' : '\\r\\n'}')`,
      [...query.parameters],
    );
    const names = query.header.map((name) => `"${name.replaceAll('"', '""')}"`);
    const header = Buffer.from(names.join(format.delimiter) + format.lineEnd);
    return new ResultFile(path, header, await indexRows(path));
  }

  get rowCount(): number {
    return this.#rows.count;
  }

  /** Offset of the row in the file; of the row after the last, the file's length. */
  rowStart(row: number): number {
    return this.#rows.start(row);
  }
}

async function indexRows(path: string): Promise<RowIndex> {
  const index = new RowIndex();
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) index.add(chunk as Buffer);
  return index;
}
