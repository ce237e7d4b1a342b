import { conditionOf, nextWindow } from '../domain/extract-window.ts';
import {
  type ExtractProgress,
  extractProgressSchema,
  isComplete,
  readOf,
  slicesOf,
  wholeRange,
} from '../domain/extract-progress.ts';
import type { ExtractOutcome } from '../domain/outcomes.ts';
import { cursorNames, deletionTable } from '../domain/salesforce-source.ts';
import { dueAudits } from './audit-object.ts';
import { type ExtractContext, requireQuota } from './extract-context.ts';
import { findDeletions, writeDeletions } from './find-deletions.ts';
import { mendIfDue } from './mend-object.ts';
import { noteProgress } from './note-progress.ts';
import { readWindow } from './read-window.ts';

type Extracted = Omit<ExtractOutcome, 'fields' | 'changes'>;

/** The window since the cursor, deletions, and the audits that are due. Null while a bulk job is still running. */
export async function extractChanges(context: ExtractContext, orderedBy: string | null): Promise<Extracted | null> {
  const { ports, declared, serverTime } = context;
  const stored = await ports.cursors.get(cursorNames.window(declared.object));
  const cursor = stored === null || stored.value === '' ? null : stored.value;
  const progress = await readToNow(context, orderedBy, cursor, stored?.note ?? null);
  if (progress === null) return null;
  ports.crash('extract-object:window-read');
  const found = await findDeletions(context, cursor ?? progress.readBefore);
  const deleted = await writeDeletions(context, found.deletions);
  const slices = deleted === null ? [] : [deleted];
  const due = await dueAudits(context, cursor, found.complete);
  const audited = await mendIfDue(context, { progress, deletions: found.deletions.length, slices, mended: 0 }, due);
  if (audited === null) return null;
  // The first reading is itself a look at everything, unless it had to be looked at once more.
  const holds = (was: boolean) => audited.postponed === null && (was || cursor === null);
  return {
    object: declared.object,
    status: 'EXTRACTED',
    message: audited.postponed,
    window: audited.progress.window,
    read: readOf(audited.progress),
    loaded: slicesOf(audited.progress).reduce((sum, slice) => sum + slice.rows, 0),
    deletions: audited.deletions,
    mended: audited.mended,
    refreshedAt: holds(due.refresh) ? serverTime.toISOString() : null,
    reconciledAt: holds(due.reconcile) ? serverTime.toISOString() : null,
    tables: [
      { table: context.known.table, slices: slicesOf(audited.progress) },
      { table: deletionTable, slices: [...audited.slices] },
    ].filter((table) => table.slices.length > 0),
  };
}

/**
 * Reads the window up to now. What an earlier run began and did not publish is finished first: its jobs, its place and its pages are
 * still there; then follows the window since.
 */
async function readToNow(
  context: ExtractContext,
  orderedBy: string | null,
  cursor: string | null,
  note: string | null,
): Promise<ExtractProgress | null> {
  const begun = note === null ? null : extractProgressSchema.parse(JSON.parse(note));
  const published = new Set(context.known.slices.map((slice) => slice.id));
  const useful = begun !== null && !slicesOf(begun).some((slice) => published.has(slice.id));
  const readBefore = begun === null ? null : (begun.readBefore ?? begun.window.to);
  const since = { orderedBy, cursor, readBefore };
  if (!useful) return await readWindow(context, await begin(context, since, null));
  const finished = isComplete(begun) ? begun : await readWindow(context, begun);
  if (finished === null || finished.runId === context.run.runId) return finished;
  return await readWindow(context, await begin(context, { ...since, cursor: finished.window.to }, finished));
}

interface Since {
  readonly orderedBy: string | null;
  readonly cursor: string | null;
  readonly readBefore: string | null;
}

async function begin(
  context: ExtractContext,
  { orderedBy, cursor, readBefore }: Since,
  before: ExtractProgress | null,
): Promise<ExtractProgress> {
  const { ports, crm, run, source, declared, fields, serverTime, signal } = context;
  let window = nextWindow(orderedBy === null ? null : cursor, serverTime, source);
  if (source.strict && window.from !== null) {
    const { coveredUntil } = await crm.source.changes(
      'updated',
      declared.object,
      { from: window.from, to: window.to },
      signal,
    );
    const capped = coveredUntil < window.to ? coveredUntil : window.to;
    window = { from: window.from, to: cursor !== null && capped < cursor ? cursor : capped };
  }
  requireQuota(context);
  const condition = conditionOf({ cursorField: orderedBy, window, range: wholeRange });
  const { total } = await crm.source.select(`SELECT COUNT() FROM ${declared.object}${condition}`, signal);
  return await noteProgress(context, {
    runId: run.runId,
    fields: fields.map((field) => field.name),
    cursorField: orderedBy,
    window,
    startedAt: ports.now().toISOString(),
    bulk: total > source.small_window_rows,
    // A window without a record needs no further request.
    parts: [{ ...wholeRange, done: total === 0 }],
    slices: [],
    carried: before === null ? [] : slicesOf(before),
    carriedRead: before === null ? 0 : readOf(before),
    readBefore,
    auditJobId: null,
    afterAudit: false,
  });
}
