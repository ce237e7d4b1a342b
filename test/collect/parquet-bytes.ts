import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBConnection } from '@duckdb/node-api';
import parquet, { type Field } from 'parquetjs-lite';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';

/** A Parquet file by parquetjs-lite, which shares no code with DuckDB. */
export async function foreignParquet(
  fields: Readonly<Record<string, Field>>,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<Buffer> {
  return await written(async (path) => {
    const writer = await parquet.ParquetWriter.openFile(new parquet.ParquetSchema(fields), path);
    for (const row of rows) await writer.appendRow(row);
    await writer.close();
  });
}

/** The result of a SELECT as a Parquet file by DuckDB. */
export async function duckParquet(sql: string, options = 'compression zstd'): Promise<Buffer> {
  return await written(async (path) => {
    const connection = await DuckDBConnection.create();
    try {
      await connection.run(`copy (${sql}) to '${path}' (format parquet, ${options})`);
    } finally {
      connection.closeSync();
    }
  });
}

async function written(write: (path: string) => Promise<void>): Promise<Buffer> {
  const folder = await temporaryFolder();
  try {
    const path = join(folder, 'file.parquet');
    await write(path);
    return await readFile(path);
  } finally {
    await removeFolder(folder);
  }
}
