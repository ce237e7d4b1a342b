import type { SQLInputValue } from 'node:sqlite';
import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import { ModelError, PipelineError } from '../../domain/errors.ts';
import type { DuckDbSession } from '../duckdb/session.ts';
import type { FillJob } from './fill-jobs.ts';

/** A statement under way: its first rows are being made. */
interface Begun {
  readonly job: FillJob;
  readonly session: DuckDbSession;
  readonly result: Promise<DuckDBResult>;
  coming: Promise<DuckDBDataChunk | null>;
}

/**
 * Runs the jobs one after the other; while the rows of one are written, DuckDB makes the next ones. With `ahead` it also begins the job
 * after it, on a connection of its own, which takes the memory of two. Throws ModelError naming the collection whose SQL fails.
 */
export async function runJobs(
  session: DuckDbSession,
  jobs: readonly FillJob[],
  ahead: boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  const connections = [await session.fork(), await session.fork()] as const;
  let next: Begun | undefined;
  try {
    for (const [index, job] of jobs.entries()) {
      const current: Begun = next ?? begin(job, connections[index % 2 === 0 ? 0 : 1]);
      const following = ahead ? jobs[index + 1] : undefined;
      next = following === undefined ? undefined : begin(following, connections[index % 2 === 0 ? 1 : 0]);
      await finish(current, signal);
    }
  } finally {
    // Where a row could not be written, the engine is still at work on the next ones.
    await next?.coming.catch(() => {});
    for (const connection of connections) connection.disconnect();
  }
}

function begin(job: FillJob, session: DuckDbSession): Begun {
  const result = session.connection.stream(job.sql);
  const coming = result.then((rows) => rows.fetchChunk());
  // It is met when its turn comes.
  coming.catch(() => {});
  return { job, session, result, coming };
}

async function finish(begun: Begun, signal: AbortSignal | undefined): Promise<void> {
  try {
    await begun.session.interruptible(signal, () => writeRows(begun));
    begun.job.end();
  } catch (error) {
    await begun.coming.catch(() => {});
    if (error instanceof PipelineError) throw error;
    const message = error instanceof Error ? error.message.trim() : String(error);
    throw new ModelError(`The API's collection '${begun.job.collection}' fails: ${message}`, { cause: error });
  }
}

async function writeRows(begun: Begun): Promise<void> {
  const { job } = begun;
  const result = await begun.result;
  for (;;) {
    const chunk = await begun.coming;
    const rows = chunk?.rowCount ?? 0;
    if (chunk === null || rows === 0) return;
    begun.coming = result.fetchChunk();
    begun.coming.catch(() => {});
    const columns = chunk.getColumns() as SQLInputValue[][];
    for (let row = 0; row < rows; row++) job.write(columns.map((column) => column[row] ?? null));
  }
}
