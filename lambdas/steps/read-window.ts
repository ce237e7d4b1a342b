import {
  type ExtractPart,
  type ExtractProgress,
  isComplete,
  readOf,
  slicesOf,
  wholeRange,
} from '../domain/extract-progress.ts';
import { conditionOf, halved, soqlOf } from '../domain/extract-window.ts';
import { IncompleteExtractError, SourceError } from '../domain/errors.ts';
import { cursorNames } from '../domain/salesforce-source.ts';
import type { BulkPage } from '../ports/crm-bulk.ts';
import { type ExtractContext, loadRows, requireQuota } from './extract-context.ts';
import { keepLease } from './lease.ts';

/** How long a step waits for a bulk job before it says "waiting"; the state machine calls again. */
const patienceSeconds = 45;

/**
 * Reads what is left of a window, part by part and page by page; progress is noted in the ledger after every page. Returns the complete
 * progress, or null while a bulk job is still running. Throws QuotaExceededError, with all that was read kept.
 */
export async function readWindow(context: ExtractContext, from: ExtractProgress): Promise<ExtractProgress | null> {
  let progress = from;
  while (!isComplete(progress)) {
    const index = progress.parts.findIndex((part) => !part.done);
    const part = progress.parts[index];
    if (part === undefined) break;
    const next = progress.bulk
      ? await readBulk(context, progress, part, index)
      : await readSmall(context, progress, index);
    if (next === null) return null;
    progress = next;
  }
  return progress;
}

/** Notes how far the reading is; whoever lost the lease must not overwrite what the holder notes. */
export async function noteProgress(context: ExtractContext, progress: ExtractProgress): Promise<ExtractProgress> {
  const { ports, run, declared } = context;
  await keepLease(ports, run);
  await ports.cursors.note(cursorNames.window(declared.object), JSON.stringify(progress), ports.now().toISOString());
  return progress;
}

async function readSmall(context: ExtractContext, progress: ExtractProgress, index: number): Promise<ExtractProgress> {
  requireQuota(context);
  const { crm, signal, fields } = context;
  const { records } = await crm.source.select(soqlFor(context, progress, wholeRange), signal, fields);
  const { read, slice } = await loadRows(context, { records }, progress.fields, progress.startedAt, slicesOf(progress));
  if (read !== records.length) {
    throw new IncompleteExtractError(
      `${records.length} records of ${context.declared.object} were read, ${read} loaded.`,
    );
  }
  const done = withPart(progress, index, { ...wholeRange, read, done: true });
  return await noteProgress(context, { ...done, slices: slice === null ? done.slices : [...done.slices, slice] });
}

async function readBulk(
  context: ExtractContext,
  progress: ExtractProgress,
  part: ExtractPart,
  index: number,
): Promise<ExtractProgress | null> {
  const { crm, ports, signal } = context;
  if (part.jobId === null) {
    requireQuota(context);
    const jobId = await crm.bulk.start(soqlFor(context, progress, part), signal);
    const started = { ...part, jobId, jobStartedAt: ports.now().toISOString() };
    return await noteProgress(context, withPart(progress, index, started));
  }
  const job = await crm.bulk.follow(part.jobId, patienceSeconds, signal);
  switch (job.state) {
    case 'running':
      return isOverdue(context, part) ? await halve(context, progress, part, index, 'it runs too long') : null;
    case 'failed':
      return await halve(context, progress, part, index, job.message);
    case 'gone':
      // Pages of the job may be missing for ever: the whole window begins again, with a job of its own.
      return await noteProgress(context, restarted(context, progress));
    case 'complete':
      return await readPages(context, progress, { ...part, jobId: part.jobId }, index, job.records);
  }
}

async function readPages(
  context: ExtractContext,
  progress: ExtractProgress,
  part: ExtractPart & { readonly jobId: string },
  index: number,
  records: number,
): Promise<ExtractProgress> {
  const { crm, signal } = context;
  const fetchPage = (locator: string | null) => {
    requireQuota(context);
    const page = crm.bulk.page(part.jobId, locator, signal);
    // Awaited one page later; a failure until then is not unhandled.
    page.catch(() => undefined);
    return page;
  };
  let current = progress;
  let fetching: Promise<BulkPage> | null = fetchPage(part.locator);
  let state: ExtractPart = part;
  while (fetching !== null) {
    const page: BulkPage = await fetching;
    fetching = page.next === null ? null : fetchPage(page.next);
    const { read, slice } = await loadRows(context, page, current.fields, current.startedAt, current.carried);
    if (read !== page.records) {
      throw new IncompleteExtractError(
        `A page of ${context.declared.object} has ${page.records} records, ${read} were loaded.`,
      );
    }
    state = { ...state, locator: page.next, read: state.read + read, done: page.next === null };
    if (state.done && state.read !== records) {
      await noteProgress(context, restarted(context, current));
      throw new IncompleteExtractError(
        `Job ${part.jobId} processed ${records} records of ${context.declared.object}, its pages have ${state.read}.`,
        { advice: 'The window is read again.' },
      );
    }
    const slices = slice === null ? current.slices : [...current.slices, slice];
    current = await noteProgress(context, { ...withPart(current, index, state), slices });
    report(context, current);
    context.ports.crash('extract-object:page-noted');
  }
  return current;
}

/** Two parts instead of one, by time of creation; the given-up job is removed. Throws SourceError when it cannot be halved. */
async function halve(
  context: ExtractContext,
  progress: ExtractProgress,
  part: ExtractPart,
  index: number,
  why: string,
): Promise<ExtractProgress> {
  const { crm, declared, described, signal } = context;
  const failure = `The bulk query of ${declared.object} fails: ${why}`;
  if (part.jobId !== null) await crm.bulk.remove(part.jobId);
  if (!described.fields.some((field) => field.name === 'CreatedDate')) throw new SourceError(failure);
  const condition = conditionOf({ ...progress, range: part });
  const { records } = await crm.source.select(
    `SELECT MIN(CreatedDate) earliest, MAX(CreatedDate) latest FROM ${declared.object}${condition}`,
    signal,
  );
  const [span] = records;
  const halves = span?.earliest && span.latest ? halved(part, span.earliest, span.latest) : null;
  if (halves === null)
    throw new SourceError(failure, { advice: 'Its records cannot be divided any further by CreatedDate.' });
  const parts = progress.parts.toSpliced(index, 1, ...halves.map((range) => ({ ...wholeRange, ...range })));
  return await noteProgress(context, { ...progress, parts });
}

function isOverdue({ ports, source }: ExtractContext, part: ExtractPart): boolean {
  const started = Date.parse(part.jobStartedAt ?? '');
  return ports.now().getTime() - started > source.job_timeout_minutes * 60_000;
}

function restarted({ ports }: ExtractContext, progress: ExtractProgress): ExtractProgress {
  return { ...progress, parts: [wholeRange], slices: [], startedAt: ports.now().toISOString() };
}

function withPart(progress: ExtractProgress, index: number, part: ExtractPart): ExtractProgress {
  return { ...progress, parts: progress.parts.with(index, part) };
}

function soqlFor({ declared }: ExtractContext, progress: ExtractProgress, range: ExtractPart): string {
  const { fields, cursorField, window } = progress;
  return soqlOf({ object: declared.object, fields, cursorField, window, range });
}

function report({ ports, declared }: ExtractContext, progress: ExtractProgress): void {
  ports.progress({
    stage: 'extract-object',
    item: declared.object,
    done: 0,
    total: 0,
    rows: readOf(progress),
    bytes: 0,
  });
}
