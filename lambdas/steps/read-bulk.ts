import { type ExtractPart, type ExtractProgress, readOf, wholeRange } from '../domain/extract-progress.ts';
import { conditionOf, halved } from '../domain/extract-window.ts';
import { IncompleteExtractError, SourceError } from '../domain/errors.ts';
import type { BulkPage } from '../ports/crm-bulk.ts';
import type { LoadedExtract } from '../ports/extract-loader.ts';
import { type ExtractContext, loadRows, requireQuota } from './extract-context.ts';
import { noteProgress, soqlFor, withPart } from './note-progress.ts';

/** How long a step waits for a bulk job before it says "waiting"; the state machine calls again. */
export const patienceSeconds = 45;

/** Reading CSV and compressing Parquet of a page are the work of one thread. */
const pagesAtOnce = 2;

/** One step forward in a part that a bulk job reads: its start, its pages, or what becomes of a failed one. Null while it is running. */
export async function readBulk(
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
  let current = progress;
  let state: ExtractPart = part;
  for await (const { page, read, slice } of loadedPages(context, progress, part)) {
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

type LoadedPage = LoadedExtract & { readonly page: BulkPage };

/** The pages of a job in their order, from the part's locator on: one is fetched while those before it are loaded. */
async function* loadedPages(
  context: ExtractContext,
  { fields, startedAt, carried }: ExtractProgress,
  part: ExtractPart & { readonly jobId: string },
): AsyncGenerator<LoadedPage> {
  const loading: Promise<LoadedPage>[] = [];
  const fetchPage = async (locator: string | null) => {
    requireQuota(context);
    return await context.crm.bulk.page(part.jobId, locator, context.signal);
  };
  const loadPage = async (page: BulkPage) => ({
    page,
    ...(await loadRows(context, page, fields, startedAt, carried)),
  });
  try {
    let fetching: Promise<BulkPage> | null = awaitedLater(fetchPage(part.locator));
    while (fetching !== null || loading.length > 0) {
      if (fetching !== null && loading.length < pagesAtOnce) {
        const page: BulkPage | null = await fetching.catch(() => null);
        if (page !== null) {
          fetching = page.next === null ? null : awaitedLater(fetchPage(page.next));
          loading.push(awaitedLater(loadPage(page)));
          continue;
        }
      }
      const loaded = loading.shift();
      // Nothing is left to be noted: what broke the fetching off may be told.
      if (loaded === undefined) await fetching;
      else yield await loaded;
    }
  } finally {
    // The loader must not be closed under a page that is still being loaded.
    await Promise.allSettled(loading);
  }
}

/** A failure until somebody awaits the promise is not unhandled. */
function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
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
