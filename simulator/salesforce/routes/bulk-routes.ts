import { SalesforceError, malformedQuery } from '../api-error.ts';
import { type Job, type JobFate, jobInfo, newJobInfo, stateSeen } from '../bulk/job.ts';
import type { Fault } from '../fault.ts';
import { findFault } from '../fault-plan.ts';
import { readJson } from '../json-body.ts';
import { type Reply, emptyReply, jsonReply } from '../reply.ts';
import { type Call, type Route, type Target, dataPath, part } from '../route.ts';
import type { Services } from '../services.ts';
import { compileBulkQuery } from '../soql/bulk-query.ts';
import { objectOf } from './query-routes.ts';

const JOBS = '/jobs/query';
const JOB = `${JOBS}/{job}`;
const DELIMITERS: Readonly<Record<string, string>> = {
  BACKQUOTE: '`',
  CARET: '^',
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  TAB: '\t',
};

/** A poll waits this long for a job's work, so that a small job is complete when it is first asked for. */
const PATIENCE_MILLISECONDS = 2000;

/** Query jobs of Bulk API 2.0. */
export function bulkRoutes(services: Services): readonly Route[] {
  const { jobs } = services;
  const target = (call: Pick<Call, 'parts' | 'query'>): Target => targetOf(call, services);
  const ready = (call: Pick<Call, 'parts'>): Promise<void> => jobs.settled(part(call, 'job'), PATIENCE_MILLISECONDS);
  return [
    {
      kind: 'bulk-create',
      method: 'POST',
      pattern: dataPath(JOBS),
      target: ({ body }) => ({ object: objectOf(String(readJson(body).query ?? '')) }),
      handle: (call) => create(call, services),
    },
    {
      kind: 'bulk-list',
      method: 'GET',
      pattern: dataPath(JOBS),
      handle: (call) => jsonReply({ done: true, records: jobs.list(call.now).map(jobInfo), nextRecordsUrl: null }),
    },
    {
      kind: 'bulk-info',
      method: 'GET',
      pattern: dataPath(JOB),
      target,
      ready,
      handle: (call) => info(call, services),
    },
    {
      kind: 'bulk-results',
      method: 'GET',
      pattern: dataPath(`${JOB}/results`),
      target,
      ready,
      handle: (call) => results(call, services),
    },
    { kind: 'bulk-abort', method: 'PATCH', pattern: dataPath(JOB), target, handle: (call) => abort(call, services) },
    {
      kind: 'bulk-delete',
      method: 'DELETE',
      pattern: dataPath(JOB),
      target,
      handle: async (call) => {
        await jobs.delete(await findJob(call, services));
        return emptyReply();
      },
    },
  ];
}

function targetOf(call: Pick<Call, 'parts' | 'query'>, { jobs, pageRows }: Services): Target {
  const object = jobs.peek(part(call, 'job'))?.query.object ?? null;
  const row = rowOf(call.query.get('locator'));
  return row === null ? { object } : { object, page: Math.floor(row / pageRows) + 1 };
}

/** The job that the path names. */
async function findJob(call: Call, { jobs }: Services): Promise<Job> {
  const known = jobs.peek(part(call, 'job'));
  if (known !== undefined && findFault(call.faults, 'job-expired') !== undefined) await jobs.forget(known);
  return jobs.find(part(call, 'job'), call.now);
}

async function create(call: Call, services: Services): Promise<Reply> {
  const { operation, query, columnDelimiter = 'COMMA', lineEnding = 'LF' } = readJson(call.body);
  if (operation !== 'query' && operation !== 'queryAll') {
    throw new SalesforceError(400, 'INVALIDJOB', `Unsupported operation : ${String(operation)}`);
  }
  if (typeof query !== 'string') throw malformedQuery('A query string has to be specified');
  const delimiter = DELIMITERS[String(columnDelimiter)];
  if (delimiter === undefined || (lineEnding !== 'LF' && lineEnding !== 'CRLF')) {
    throw new SalesforceError(400, 'INVALIDJOB', 'Unsupported columnDelimiter or lineEnding');
  }
  const context = { schema: services.schema(), now: call.now, includeDeleted: operation === 'queryAll' };
  const job = await services.jobs.create({
    operation,
    query: compileBulkQuery(query, context),
    columnDelimiter: String(columnDelimiter),
    lineEnding,
    format: { delimiter, lineEnd: lineEnding === 'LF' ? '\n' : '\r\n' },
    userId: call.userId,
    createdAt: call.now,
    fate: fateOf(call.faults),
  });
  return jsonReply(newJobInfo(job));
}

function fateOf(faults: readonly Fault[]): JobFate | null {
  const failed = findFault(faults, 'job-failed');
  if (failed !== undefined) {
    return { state: 'Failed', message: failed.message ?? 'InternalServerError : the query could not be carried out' };
  }
  if (findFault(faults, 'job-aborted') !== undefined) return { state: 'Aborted', message: null };
  if (findFault(faults, 'job-stuck') !== undefined) return { state: 'InProgress', message: null };
  return null;
}

async function info(call: Call, services: Services): Promise<Reply> {
  const job = await findJob(call, services);
  const told = jobInfo(job);
  if (job.state === 'JobComplete' && job.pollsLeft > 0) job.pollsLeft -= 1;
  const wrong = findFault(call.faults, 'wrong-count');
  if (wrong === undefined) return jsonReply(told);
  return jsonReply({ ...told, numberRecordsProcessed: Number(told.numberRecordsProcessed) + wrong.by });
}

async function abort(call: Call, services: Services): Promise<Reply> {
  const job = await findJob(call, services);
  const { state } = readJson(call.body);
  if (state !== 'Aborted') {
    throw new SalesforceError(400, 'INVALIDJOBSTATE', `A query job cannot be set to ${String(state)}`);
  }
  services.jobs.abort(job, call.now);
  return jsonReply(jobInfo(job));
}

async function results(call: Call, services: Services): Promise<Reply> {
  const job = await findJob(call, services);
  const state = stateSeen(job);
  const { results: file } = job;
  if (state !== 'JobComplete' || file === null) {
    throw new SalesforceError(400, 'INVALIDJOBSTATE', `Results of a job in state ${state} are not available`);
  }
  const first = rowOf(call.query.get('locator'));
  const wanted = Number(call.query.get('maxRecords') ?? services.pageRows);
  if (first === null || first > file.rowCount || !Number.isSafeInteger(wanted) || wanted < 1) {
    throw new SalesforceError(400, 'INVALIDLOCATOR', 'the locator or maxRecords is invalid');
  }
  const end = Math.min(first + Math.min(wanted, services.pageRows), file.rowCount);
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/csv',
      'Sforce-Locator': end < file.rowCount ? locatorOf(end) : 'null',
      'Sforce-NumberOfRecords': String(end - first),
    },
    body: { kind: 'page', page: { file, first, end } },
  };
}

/** A locator is the number of the page's first row, made unreadable so that nobody counts on it. */
function locatorOf(row: number): string {
  return Buffer.from(String(row)).toString('base64url');
}

/** The row that a locator stands for; null when it is none. */
function rowOf(locator: string | null): number | null {
  if (locator === null) return 0;
  const text = Buffer.from(locator, 'base64url').toString('latin1');
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}
