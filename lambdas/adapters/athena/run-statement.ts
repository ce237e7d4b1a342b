import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { InterruptedError, QueryError, ResourceExhaustedError, StorageBusyError } from '../../domain/errors.ts';
import { serviceError } from '../aws/service-error.ts';

/** Athena's limit of a query string, in bytes of UTF-8. */
export const statementLimit = 262_144;

/** Looks in a row that may fail, with the SDK's own tries behind each, before a statement is given up and stopped. */
const failedLooks = 4;

export interface AthenaSite {
  readonly client: AthenaClient;
  readonly workgroup: string;
  /** Milliseconds before the first look at a statement's state, and at most between two looks. */
  readonly pollFirst: number;
  readonly pollMost: number;
}

export interface Finished {
  readonly id: string;
  readonly bytesScanned: number;
}

/**
 * Runs one statement to its end. Whatever ends the waiting before that, an abort or a state that cannot be had, stops it in Athena, too,
 * since it would go on and cost. Throws QueryError where Athena refuses the statement, ResourceExhaustedError for one that is too long,
 * InterruptedError after an abort, StorageBusyError where trying again may help.
 */
export async function runStatement(site: AthenaSite, sql: string, signal?: AbortSignal): Promise<Finished> {
  const bytes = Buffer.byteLength(sql);
  if (bytes > statementLimit) {
    throw new ResourceExhaustedError(`The statement has ${bytes} bytes; Athena takes at most ${statementLimit}.`, {
      advice: 'Split the model into two tables, or run it with DuckDB.',
    });
  }
  if (signal?.aborted) throw new InterruptedError('The statement was stopped before it began.');
  const id = await start(site, sql);
  const execution = await ended(site, id, signal).catch(async (error: unknown) => {
    await stop(site, id, error);
    if (signal?.aborted) throw new InterruptedError(`The statement ${id} was stopped.`, { cause: error });
    throw error;
  });
  if (execution.Status?.State !== 'SUCCEEDED') throw failure(id, execution);
  return { id, bytesScanned: execution.Statistics?.DataScannedInBytes ?? 0 };
}

async function start({ client, workgroup }: AthenaSite, sql: string): Promise<string> {
  const input = { QueryString: sql, WorkGroup: workgroup, ClientRequestToken: randomUUID() };
  const answer = await client.send(new StartQueryExecutionCommand(input)).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'InvalidRequestException') {
      throw new QueryError(error.message, { cause: error });
    }
    throw serviceError(error, 'starting a statement in Athena');
  });
  if (answer.QueryExecutionId === undefined) throw new StorageBusyError('Athena gave the statement no id.');
  return answer.QueryExecutionId;
}

/** The statement once it has succeeded, failed or been cancelled. */
async function ended(site: AthenaSite, id: string, signal: AbortSignal | undefined): Promise<QueryExecution> {
  let failed = 0;
  for (let wait = site.pollFirst; ; wait = Math.min(wait * 2, site.pollMost)) {
    await setTimeout(wait, undefined, signal === undefined ? {} : { signal });
    const execution = await look(site, id).catch((error: unknown) => {
      failed += 1;
      if (failed >= failedLooks || !(error instanceof StorageBusyError)) throw error;
      return undefined;
    });
    if (execution === undefined) continue;
    failed = 0;
    const state = execution.Status?.State;
    if (state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED') return execution;
  }
}

async function look({ client }: AthenaSite, id: string): Promise<QueryExecution> {
  const answer = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id })).catch((error: unknown) => {
    throw serviceError(error, `asking for the statement ${id}`);
  });
  return answer.QueryExecution ?? {};
}

function failure(id: string, { Status: status }: QueryExecution): Error {
  const text = `Athena's statement ${id}: ${status?.StateChangeReason ?? status?.State ?? 'failed'}`;
  if (status?.State === 'CANCELLED') return new InterruptedError(text);
  return status?.AthenaError?.Retryable === true ? new StorageBusyError(text) : new QueryError(text);
}

async function stop({ client }: AthenaSite, id: string, why: unknown): Promise<void> {
  await client.send(new StopQueryExecutionCommand({ QueryExecutionId: id })).catch((error: unknown) => {
    const [first, second] = [serviceError(error, `stopping the statement ${id}, which may still run`), why];
    throw new StorageBusyError(first.message, { cause: new AggregateError([error, second]) });
  });
}
