import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { IncompleteExtractError, PipelineError } from '../domain/errors.ts';
import type { BulkPage, BulkState, CrmBulk } from '../ports/crm-bulk.ts';
import type { Workspace } from '../ports/workspace.ts';
import { ApiFault, toFault } from './salesforce/api-fault.ts';
import { RecordCount } from './salesforce/count-records.ts';
import type { SalesforceSession } from './salesforce/session.ts';

export interface BulkSettings {
  /** Records of a page at most; Salesforce may give fewer. */
  readonly pageRecords: number;
  /** Whether pages come compressed: worth it over a network, not on one machine. */
  readonly compressed: boolean;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => Date;
}

interface JobInfo {
  readonly state: string;
  readonly numberRecordsProcessed?: number;
  readonly errorMessage?: string;
}

const goneCodes = new Set(['NOT_FOUND', 'HTTP_404', 'ERROR_HTTP_404', 'INVALIDJOB', 'ENTITY_IS_DELETED']);
const firstPauseMilliseconds = 50;
const longestPauseMilliseconds = 5_000;
const writeBytes = 1_048_576;

/**
 * Bulk API 2.0 queries. Jobs by jsforce; results by our own streaming to disk, since jsforce buffers pages, loses records of large ones
 * and cannot go on after a refused session.
 */
export class SalesforceCrmBulk implements CrmBulk {
  readonly #session: SalesforceSession;
  readonly #workspace: Workspace;
  readonly #settings: BulkSettings;

  constructor(session: SalesforceSession, workspace: Workspace, settings: BulkSettings) {
    this.#session = session;
    this.#workspace = workspace;
    this.#settings = settings;
  }

  /** An answer that is lost leaves a job behind which nobody reads; Salesforce removes it after 7 days. */
  async start(soql: string, signal: AbortSignal): Promise<string> {
    const info = await this.#session.call('starting a bulk query', signal, (connection) =>
      connection.request<{ id: string }>({
        method: 'POST',
        url: this.#session.path('/jobs/query'),
        body: JSON.stringify({ operation: 'queryAll', query: soql }),
        headers: { 'content-type': 'application/json' },
      }),
    );
    return info.id;
  }

  async follow(jobId: string, patienceSeconds: number, signal: AbortSignal): Promise<BulkState> {
    const deadline = this.#settings.now().getTime() + patienceSeconds * 1_000;
    let pause = firstPauseMilliseconds;
    for (;;) {
      const state = stateOf(await this.#info(jobId, signal));
      if (state.state !== 'running' || this.#settings.now().getTime() + pause > deadline) return state;
      await this.#settings.sleep(pause, signal);
      pause = Math.min(pause * 2, longestPauseMilliseconds);
    }
  }

  async page(jobId: string, locator: string | null, signal: AbortSignal): Promise<BulkPage> {
    const path = join(await this.#workspace.scratch(), `page-${randomUUID()}.csv`);
    try {
      return await this.#session.call(`fetching results of job ${jobId}`, signal, (connection) =>
        this.#fetchPage(connection, jobId, locator, path, signal),
      );
    } catch (error) {
      await rm(path, { force: true });
      const code = error instanceof PipelineError && error.cause instanceof ApiFault ? error.cause.code : '';
      // A job that is gone shows when it is followed again; then its window begins anew.
      if (code !== 'PAGE_FAULT' && !goneCodes.has(code)) throw error;
      throw new IncompleteExtractError((error as PipelineError).message, { cause: error });
    }
  }

  async remove(jobId: string): Promise<void> {
    const { signal } = new AbortController();
    await this.#session.call(`removing job ${jobId}`, signal, async (connection) => {
      try {
        await connection.request({ method: 'DELETE', url: this.#session.path(`/jobs/query/${jobId}`) });
      } catch (error) {
        if (!goneCodes.has(toFault(error).code)) throw error;
      }
    });
  }

  async #info(jobId: string, signal: AbortSignal): Promise<JobInfo | null> {
    return await this.#session.call(`following job ${jobId}`, signal, async (connection) => {
      try {
        return await connection.request<JobInfo>({ method: 'GET', url: this.#session.path(`/jobs/query/${jobId}`) });
      } catch (error) {
        if (goneCodes.has(toFault(error).code)) return null;
        throw error;
      }
    });
  }

  async #fetchPage(
    connection: Parameters<SalesforceSession['fetch']>[0],
    jobId: string,
    locator: string | null,
    path: string,
    signal: AbortSignal,
  ): Promise<BulkPage> {
    const from = locator === null ? '' : `&locator=${encodeURIComponent(locator)}`;
    const url = `${this.#session.path(`/jobs/query/${jobId}/results`)}?maxRecords=${this.#settings.pageRecords}${from}`;
    const response = await this.#session.fetch(connection, url, {
      signal,
      headers: { accept: 'text/csv', 'accept-encoding': this.#settings.compressed ? 'gzip' : 'identity' },
    });
    const counted = await this.#save(response, path);
    const promised = Number(response.headers.get('sforce-numberofrecords') ?? Number.NaN);
    const next = response.headers.get('sforce-locator');
    if (next === null)
      throw new ApiFault('PAGE_FAULT', 'a page came without Sforce-Locator, which says whether more follow');
    // A job without any record has an empty result.
    const records = counted === null && promised === 0 ? 0 : counted;
    if (records === null || records !== promised) {
      throw new ApiFault('PAGE_FAULT', `a page should have ${promised} records and has ${records ?? 'a broken end'}`);
    }
    return { path, records, next: next === 'null' ? null : next };
  }

  /** Writes the body to disk as it comes, a megabyte at a time, and counts its records. */
  async #save(response: Response, path: string): Promise<number | null> {
    const count = new RecordCount();
    await using file = await open(path, 'w');
    const waiting = Buffer.allocUnsafe(writeBytes);
    let filled = 0;
    for await (const chunk of response.body ?? []) {
      count.push(chunk);
      for (let from = 0; from < chunk.length; ) {
        const part = chunk.subarray(from, from + writeBytes - filled);
        waiting.set(part, filled);
        filled += part.length;
        from += part.length;
        if (filled < writeBytes) break;
        await file.appendFile(waiting);
        filled = 0;
      }
      release(chunk);
    }
    await file.appendFile(waiting.subarray(0, filled));
    return count.finish();
  }
}

/** Gives a chunk's memory back now: left to the garbage collector, hundreds of megabytes of chunks make it go through the whole heap dozens of times. */
function release(chunk: Uint8Array): void {
  if (chunk.buffer instanceof ArrayBuffer && chunk.byteLength === chunk.buffer.byteLength) chunk.buffer.transfer(0);
}

function stateOf(info: JobInfo | null): BulkState {
  switch (info?.state) {
    case undefined:
      return { state: 'gone' };
    case 'JobComplete':
      return { state: 'complete', records: info?.numberRecordsProcessed ?? 0 };
    case 'Failed':
    case 'Aborted':
      return { state: 'failed', message: info?.errorMessage ?? `the job is ${info?.state}` };
    default:
      return { state: 'running' };
  }
}
