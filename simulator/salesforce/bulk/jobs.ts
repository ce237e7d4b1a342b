import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { salesforceId } from '../../org/salesforce-id.ts';
import { SalesforceError, notFound } from '../api-error.ts';
import type { BulkQuery } from '../soql/bulk-query.ts';
import { longId } from '../soql/long-id.ts';
import { type CsvFormat, ResultFile } from './result-file.ts';

export type JobState = 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

/** What a fault makes of a job instead of completing it. */
export type JobFate = { readonly state: 'Failed' | 'Aborted' | 'InProgress'; readonly message: string };

export interface NewJob {
  readonly operation: 'query' | 'queryAll';
  readonly query: BulkQuery;
  readonly columnDelimiter: string;
  readonly lineEnding: string;
  readonly format: CsvFormat;
  readonly userId: string;
  readonly createdAt: Date;
  readonly fate: JobFate | null;
}

export interface Job extends NewJob {
  readonly id: string;
  state: JobState;
  results: ResultFile | null;
  errorMessage: string | null;
  changedAt: Date;
  /** Milliseconds of real time that the query took. */
  processingTime: number;
  /** How often its state will still be told as in progress. */
  pollsLeft: number;
}

const JOB_PREFIX = '750';
const KEPT_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;

/** The org's Bulk API 2.0 query jobs. They live for seven days by the org's clock. */
export class Jobs {
  readonly #folder: string;
  readonly #pollsInProgress: number;
  readonly #jobs = new Map<string, Job>();
  #created = 0;

  /** @param folder where results are kept. @param pollsInProgress how many polls find a job unfinished */
  constructor(folder: string, pollsInProgress: number) {
    this.#folder = folder;
    this.#pollsInProgress = pollsInProgress;
  }

  create(job: NewJob): Job {
    const created: Job = {
      ...job,
      id: salesforceId(JOB_PREFIX, this.#created++),
      state: 'UploadComplete',
      results: null,
      errorMessage: null,
      changedAt: job.createdAt,
      processingTime: 0,
      pollsLeft: this.#pollsInProgress,
    };
    this.#jobs.set(created.id, created);
    return created;
  }

  /** Does the job's work: its results are the data of this moment. Never throws; a job that cannot be done is Failed. */
  async work(job: Job, connection: DuckDBConnection): Promise<void> {
    if (job.fate !== null) {
      job.state = job.fate.state;
      job.errorMessage = job.fate.state === 'Failed' ? job.fate.message : null;
      return;
    }
    const started = performance.now();
    const path = join(this.#folder, `${job.id}.csv`);
    try {
      job.results = await ResultFile.write(connection, job.query, job.format, path);
      job.processingTime = Math.round(performance.now() - started);
      if (job.state === 'UploadComplete') job.state = 'JobComplete';
    } catch (error) {
      job.state = 'Failed';
      job.errorMessage = `InternalServerError : ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  /** Without error for unknown Ids: what a request is about is asked before anything else. */
  peek(id: string): Job | undefined {
    return this.#jobs.get(longId(id) ?? id);
  }

  /** @throws SalesforceError NOT_FOUND for a job that never was, was deleted or has expired */
  find(id: string, now: Date): Job {
    const job = this.peek(id);
    if (job === undefined || now.getTime() - job.createdAt.getTime() > KEPT_MILLISECONDS) throw notFound();
    return job;
  }

  /** Newest first. */
  list(now: Date): readonly Job[] {
    const alive = [...this.#jobs.values()].filter(
      ({ createdAt }) => now.getTime() - createdAt.getTime() <= KEPT_MILLISECONDS,
    );
    return alive.reverse();
  }

  abort(job: Job, now: Date): void {
    if (stateSeen(job) === 'JobComplete' || job.state === 'Failed') {
      throw new SalesforceError(400, 'INVALIDJOBSTATE', `Aborting already ${job.state} Job not allowed`);
    }
    job.state = 'Aborted';
    job.changedAt = now;
  }

  async delete(job: Job): Promise<void> {
    const state = stateSeen(job);
    if (state === 'InProgress' || state === 'UploadComplete') {
      throw new SalesforceError(400, 'INVALIDJOBSTATE', `Deleting ${state} Job not allowed`);
    }
    await this.forget(job);
  }

  async forget(job: Job): Promise<void> {
    this.#jobs.delete(job.id);
    await job.results?.remove();
  }
}

/** The state that a client is told: the work may be done before it is told so. */
export function stateSeen(job: Job): JobState {
  return job.state === 'JobComplete' && job.pollsLeft > 0 ? 'InProgress' : job.state;
}
