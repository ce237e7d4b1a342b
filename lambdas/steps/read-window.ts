import { type ExtractProgress, isComplete, slicesOf, wholeRange } from '../domain/extract-progress.ts';
import { IncompleteExtractError } from '../domain/errors.ts';
import { type ExtractContext, loadRows, requireQuota } from './extract-context.ts';
import { noteProgress, soqlFor, withPart } from './note-progress.ts';
import { readBulk } from './read-bulk.ts';

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
