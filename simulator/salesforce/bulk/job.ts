import { restTime } from '../salesforce-time.ts';
import type { BulkQuery } from '../soql/bulk-query.ts';
import type { CsvFormat, ResultFile } from './result-file.ts';

export type JobState = 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

/** What a fault makes of a job instead of completing it. */
export interface JobFate {
  readonly state: 'Failed' | 'Aborted' | 'InProgress';
  readonly message: string | null;
}

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

/** The state that a client is told: a job may be done before it is told so. */
export function stateSeen(job: Job): JobState {
  return job.state === 'JobComplete' && job.pollsLeft > 0 ? 'InProgress' : job.state;
}

/** A new job as the answer to its creation tells of it. */
export function newJobInfo(job: Job): Readonly<Record<string, unknown>> {
  return { ...description(job), state: 'UploadComplete' };
}

/** A job as a poll tells of it. */
export function jobInfo(job: Job): Readonly<Record<string, unknown>> {
  const state = stateSeen(job);
  return {
    ...description(job),
    state,
    numberRecordsProcessed: state === 'JobComplete' ? (job.results?.rowCount ?? 0) : 0,
    retries: 0,
    totalProcessingTime: job.processingTime,
    isPkChunkingSupported: true,
    ...(state === 'Failed' ? { errorMessage: job.errorMessage } : {}),
  };
}

function description(job: Job): Readonly<Record<string, unknown>> {
  return {
    id: job.id,
    operation: job.operation,
    object: job.query.object,
    createdById: job.userId,
    createdDate: restTime(job.createdAt),
    systemModstamp: restTime(job.changedAt),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: 62.0,
    jobType: 'V2Query',
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
  };
}
