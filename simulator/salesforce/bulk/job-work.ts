import type { OrgDatabase } from '../../org/org-database.ts';
import type { BulkQuery } from '../soql/bulk-query.ts';
import { VALUE_MACROS } from '../soql/value-text.ts';
import { type CsvFormat, ResultFile } from './result-file.ts';

/** A query that is being carried out. */
export interface JobWork {
  readonly results: Promise<ResultFile>;
  /** Makes `results` fail soon. */
  interrupt(): void;
}

/**
 * Begins to write a query's results to a file. They are the data of the moment at which this function's promise is fulfilled,
 * however long the writing takes and whatever changes meanwhile.
 */
export async function beginWork(
  database: OrgDatabase,
  query: BulkQuery,
  format: CsvFormat,
  path: string,
): Promise<JobWork> {
  const connection = await database.connect();
  for (const macro of VALUE_MACROS) await connection.run(macro);
  await connection.run('begin');
  // A transaction sees what was committed when it first looked.
  await connection.run('select now from meta.clock');
  const write = async (): Promise<ResultFile> => {
    try {
      return await ResultFile.write(connection, query, format, path);
    } finally {
      // Ends the transaction as well.
      connection.disconnectSync();
    }
  };
  return { results: write(), interrupt: () => connection.interrupt() };
}
