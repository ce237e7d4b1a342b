import { type AthenaClient, type ColumnInfo, GetQueryResultsCommand } from '@aws-sdk/client-athena';
import type { QueryResult } from '../../ports/sql-engine.ts';
import { called } from '../aws/service-error.ts';

/** Athena's most rows per page. */
const pageRows = 1_000;

type Value = QueryResult['rows'][number][number];

/** Rows of a SELECT that has succeeded, at most `limit`, with values as the port promises them. */
export async function readResult(client: AthenaClient, id: string, limit: number): Promise<QueryResult> {
  let infos: readonly ColumnInfo[] = [];
  const rows: Value[][] = [];
  let token: string | undefined;
  // Athena's first row are the names of the columns.
  let toSkip = 1;
  do {
    const page = { QueryExecutionId: id, MaxResults: pageRows, ...(token === undefined ? {} : { NextToken: token }) };
    const answer = await called(`reading the result of ${id}`, () => client.send(new GetQueryResultsCommand(page)));
    infos = answer.ResultSet?.ResultSetMetadata?.ColumnInfo ?? infos;
    for (const { Data = [] } of (answer.ResultSet?.Rows ?? []).slice(toSkip)) {
      rows.push(infos.map(({ Type }, index) => cellValue(Type, Data[index]?.VarCharValue)));
    }
    toSkip = 0;
    token = answer.NextToken;
  } while (token !== undefined && rows.length <= limit);
  return {
    columns: infos.map((info) => ({ name: info.Name ?? '', type: typeOf(info) })),
    rows: rows.slice(0, limit),
    truncated: rows.length > limit,
  };
}

function typeOf({ Type, Precision, Scale }: ColumnInfo): string {
  const name = (Type ?? '').toLowerCase();
  return name === 'decimal' ? `decimal(${Precision},${Scale})` : name;
}

/** Decimals and bigints stay text. A time stamp without milliseconds is written without them, as DuckDB does. */
function cellValue(type: string | undefined, text: string | undefined): Value {
  if (text === undefined) return null;
  if (type === 'boolean') return text === 'true';
  if (type === 'integer' || type === 'smallint' || type === 'tinyint' || type === 'double') return Number(text);
  return type === 'timestamp' ? text.replace(/\.0+$/, '') : text;
}
