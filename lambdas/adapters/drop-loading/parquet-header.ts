import { fileReason, type LocatedReason } from '../../domain/reasons.ts';
import { type DuckDbSession, firstLine, literal } from '../duckdb/session.ts';

/** Column names and row count of a dropped Parquet file from its footer, or why it cannot be read. */
export async function parquetHeader(
  session: DuckDbSession,
  path: string,
  maxColumns: number,
): Promise<{ header: string[]; records: number; reasons: LocatedReason[] }> {
  try {
    const columns = await session.rows(`describe select * from read_parquet(${literal(path)})`);
    const counted = await session.rows(`select count(*) as n from read_parquet(${literal(path)})`);
    const reasons = columns
      .filter((column) => /STRUCT|MAP|BLOB|\[|UNION/.test(String(column.column_type)))
      .map((column) =>
        fileReason(
          'UNSUPPORTED_TYPE',
          `Column '${column.column_name}' has type ${column.column_type}; plain values are expected.`,
        ),
      );
    if (columns.length > maxColumns) {
      reasons.push(
        fileReason('TOO_MANY_COLUMNS', `The file has ${columns.length} columns, the limit is ${maxColumns}.`),
      );
    }
    return {
      header: columns.map((column) => String(column.column_name)),
      records: Number(counted[0]?.n ?? 0),
      reasons,
    };
  } catch (error) {
    const message = error instanceof Error ? firstLine(error.message) : String(error);
    return {
      header: [],
      records: 0,
      reasons: [fileReason('CORRUPT_PARQUET', `The Parquet file cannot be read: ${message}`)],
    };
  }
}
