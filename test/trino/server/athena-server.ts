import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { AthenaStatements, type Bucket, type Statement } from './athena-statements.ts';
import { GlueTables } from './glue-tables.ts';
import type { TrinoClient, TrinoResult } from './trino-client.ts';

/** A server that speaks Athena's API, and as much of Glue's as tables of slices need, on top of Trino. */
export interface AthenaServer {
  readonly url: string;
  readonly statements: AthenaStatements;
  close(): Promise<void>;
}

type Input = Readonly<Record<string, unknown>>;

/** An error as AWS's JSON protocol tells it. */
class ApiError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export async function startAthena(client: TrinoClient, bucket: Bucket): Promise<AthenaServer> {
  const statements = new AthenaStatements(client, bucket);
  const glue = new GlueTables(client, bucket);
  const server = createServer((request, response) => {
    const action = String(request.headers['x-amz-target']);
    json(request)
      .then((input) => answer(action, input as Input, statements, glue))
      .then((output) => send(response, 200, output))
      .catch((error: unknown) => {
        const type = error instanceof ApiError ? error.type : 'InternalServerException';
        send(response, error instanceof ApiError ? 400 : 500, { __type: type, Message: String(error) });
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    statements,
    close: async () => {
      await statements.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
}

async function answer(action: string, input: Input, statements: AthenaStatements, glue: GlueTables): Promise<unknown> {
  switch (action) {
    case 'AmazonAthena.StartQueryExecution':
      if (Buffer.byteLength(String(input.QueryString)) > 262_144) {
        throw new ApiError('InvalidRequestException', 'queryString is longer than 262144');
      }
      return { QueryExecutionId: statements.start(String(input.QueryString), String(input.WorkGroup)).id };
    case 'AmazonAthena.GetQueryExecution':
      return { QueryExecution: executionOf(found(statements, input)) };
    case 'AmazonAthena.StopQueryExecution':
      statements.stop(found(statements, input));
      return {};
    case 'AmazonAthena.GetQueryResults':
      return resultsOf(found(statements, input), input);
    case 'AWSGlue.CreateTable':
      if (await glue.create(input)) return {};
      throw new ApiError('AlreadyExistsException', 'Table already exists.');
    case 'AWSGlue.BatchCreatePartition':
      return { Errors: await glue.addPartitions(input) };
    default:
      throw new ApiError('UnknownOperationException', `${action} is not spoken here.`);
  }
}

function found(statements: AthenaStatements, input: Input): Statement {
  const statement = statements.all.find(({ id }) => id === input.QueryExecutionId);
  if (statement === undefined) throw new ApiError('InvalidRequestException', 'QueryExecution was not found');
  return statement;
}

function executionOf({ id, sql, workgroup, state, reason, result }: Statement) {
  return {
    QueryExecutionId: id,
    Query: sql,
    WorkGroup: workgroup,
    Status: { State: state, StateChangeReason: reason },
    Statistics: { DataScannedInBytes: result?.bytesRead ?? 0 },
  };
}

/** Athena's first row are names, and all its values text; a null has none. */
function resultsOf({ state, result }: Statement, input: Input) {
  if (state !== 'SUCCEEDED' || result === undefined) {
    throw new ApiError('InvalidRequestException', `Query did not finish successfully. Final query state: ${state}`);
  }
  const rows: readonly (readonly unknown[])[] = [result.columns.map(({ name }) => name), ...result.rows];
  const from = Number(input.NextToken ?? 0);
  const to = from + Number(input.MaxResults ?? 1_000);
  const cells = (row: readonly unknown[]) =>
    row.map((value) =>
      value === null ? {} : { VarCharValue: typeof value === 'string' ? value : JSON.stringify(value) },
    );
  return {
    ResultSet: {
      ResultSetMetadata: { ColumnInfo: result.columns.map(columnInfo) },
      Rows: rows.slice(from, to).map((row) => ({ Data: cells(row) })),
    },
    ...(to < rows.length ? { NextToken: String(to) } : {}),
  };
}

/** `decimal(3, 2)` becomes a name with precision and scale. */
function columnInfo({ name, type }: TrinoResult['columns'][number]) {
  const [, base = type, first, second] = /^(\w+)\((\d+)(?:, ?(\d+))?\)$/.exec(type) ?? [];
  return { Name: name, Type: base, Precision: Number(first ?? 0), Scale: Number(second ?? 0) };
}
