import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OrgDatabase } from '../../org/org-database.ts';
import { salesforceId } from '../../org/salesforce-id.ts';
import { SalesforceError, notFound } from '../api-error.ts';
import { longId } from '../soql/long-id.ts';
import { type Job, type NewJob, stateSeen } from './job.ts';
import { type JobWork, beginWork } from './job-work.ts';

const JOB_PREFIX = '750';
const KEPT_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;

/** The org's Bulk API 2.0 query jobs. They live for seven days by the org's clock. */
export class Jobs {
  readonly #database: OrgDatabase;
  readonly #folder: string;
  readonly #pollsInProgress: number;
  readonly #jobs = new Map<string, Job>();
  readonly #working = new Map<Job, { readonly work: JobWork; readonly done: Promise<void> }>();
  #nextSequence: number;

  /**
   * @param folder where results are kept
   * @param pollsInProgress how many polls find a job unfinished that is done
   * @param firstSequence number of the first job's Id: greater than any of an earlier server's, so that no client takes a job for
   *   one that it made there
   */
  constructor(database: OrgDatabase, folder: string, pollsInProgress: number, firstSequence: number) {
    this.#database = database;
    this.#folder = folder;
    this.#pollsInProgress = pollsInProgress;
    this.#nextSequence = firstSequence;
  }

  /** Makes a job and begins its work: its results are the data of this moment. */
  async create(newJob: NewJob): Promise<Job> {
    for (const old of this.#jobs.values()) if (hasExpired(old, newJob.createdAt)) await this.forget(old);
    const job: Job = {
      ...newJob,
      id: salesforceId(JOB_PREFIX, this.#nextSequence++),
      state: 'InProgress',
      results: null,
      errorMessage: null,
      changedAt: newJob.createdAt,
      processingTime: 0,
      pollsLeft: this.#pollsInProgress,
    };
    this.#jobs.set(job.id, job);
    if (job.fate === null) {
      const work = await beginWork(this.#database, job.query, job.format, this.#pathOf(job));
      this.#working.set(job, { work, done: this.#complete(job, work) });
    } else {
      job.state = job.fate.state;
      job.errorMessage = job.fate.message;
    }
    return job;
  }

  /** Waits until the job's work is done, or so many milliseconds have passed. */
  async settled(id: string, milliseconds: number): Promise<void> {
    const job = this.peek(id);
    const working = job === undefined ? undefined : this.#working.get(job);
    if (working === undefined) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
    await Promise.race([working.done, late]);
    clearTimeout(timer);
  }

  /** Without error for unknown Ids: what a request is about is asked before anything else. */
  peek(id: string): Job | undefined {
    return this.#jobs.get(longId(id) ?? id);
  }

  /** @throws SalesforceError NOT_FOUND for a job that never was, was deleted or has expired */
  find(id: string, now: Date): Job {
    const job = this.peek(id);
    if (job === undefined || hasExpired(job, now)) throw notFound();
    return job;
  }

  /** Newest first. */
  list(now: Date): readonly Job[] {
    return [...this.#jobs.values()].filter((job) => !hasExpired(job, now)).reverse();
  }

  /** @throws SalesforceError INVALIDJOBSTATE when it has come to its end */
  abort(job: Job, now: Date): void {
    const state = stateSeen(job);
    if (state === 'JobComplete' || state === 'Failed') {
      throw new SalesforceError(400, 'INVALIDJOBSTATE', `Aborting already ${state} Job not allowed`);
    }
    job.state = 'Aborted';
    job.changedAt = now;
    this.#working.get(job)?.work.interrupt();
  }

  /** @throws SalesforceError INVALIDJOBSTATE while it is at work */
  async delete(job: Job): Promise<void> {
    const state = stateSeen(job);
    if (state === 'InProgress') throw new SalesforceError(400, 'INVALIDJOBSTATE', `Deleting ${state} Job not allowed`);
    await this.forget(job);
  }

  /** Removes a job with its results, whatever its state. */
  async forget(job: Job): Promise<void> {
    this.#jobs.delete(job.id);
    const working = this.#working.get(job);
    working?.work.interrupt();
    await working?.done;
    await rm(this.#pathOf(job), { force: true });
  }

  /** Ends whatever is at work. */
  async stop(): Promise<void> {
    for (const job of [...this.#jobs.values()]) await this.forget(job);
  }

  /** Never throws: a job that cannot be done is Failed. */
  async #complete(job: Job, work: JobWork): Promise<void> {
    const started = performance.now();
    try {
      job.results = await work.results;
      if (job.state === 'InProgress') job.state = 'JobComplete';
    } catch (error) {
      if (job.state === 'InProgress') job.state = 'Failed';
      job.errorMessage = `InternalServerError : ${error instanceof Error ? error.message : String(error)}`;
    }
    job.processingTime = Math.round(performance.now() - started);
    this.#working.delete(job);
  }

  #pathOf(job: Job): string {
    return join(this.#folder, `${job.id}.csv`);
  }
}

function hasExpired(job: Job, now: Date): boolean {
  return now.getTime() - job.createdAt.getTime() > KEPT_MILLISECONDS;
}
