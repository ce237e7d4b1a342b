import { type ExtractProgress, readOf, slicesOf, wholeRange } from '../domain/extract-progress.ts';
import { QuotaExceededError } from '../domain/errors.ts';
import type { Slice } from '../domain/table.ts';
import { auditObject, type DueAudits } from './audit-object.ts';
import { type ExtractContext, loadRows, requireQuota } from './extract-context.ts';
import { idList, idsPerQuery, writeDeletions } from './find-deletions.ts';
import { noteProgress } from './note-progress.ts';
import { readWindow } from './read-window.ts';

/** More outdated records than this are read by one bulk query instead of by their Ids. */
const mostMendedById = 5_000;

export interface Audited {
  readonly progress: ExtractProgress;
  readonly deletions: number;
  /** Slices of the deletion table. */
  readonly slices: readonly Slice[];
  readonly mended: number;
}

/**
 * Audits the object if that is due. Where the requests do not suffice the audit is put off, and `postponed` says so: the window itself is
 * complete, and must not wait for it. Null while a bulk job is still running.
 */
export async function mendIfDue(
  context: ExtractContext,
  base: Audited,
  due: DueAudits,
): Promise<(Audited & { readonly postponed: string | null }) | null> {
  if (!due.refresh && !due.reconcile) return { ...base, postponed: null };
  try {
    const mended = await mend(context, base);
    return mended === null ? null : { ...mended, postponed: null };
  } catch (error) {
    if (!(error instanceof QuotaExceededError)) throw error;
    return { ...base, postponed: `the comparison of all records is put off: ${error.message}` };
  }
}

/**
 * Reads again what an audit finds outdated, and writes down what it finds gone. Where too much is outdated to be named by Id, everything
 * is read once more, and audited again.
 */
async function mend(context: ExtractContext, base: Audited): Promise<Audited | null> {
  let { progress } = base;
  let finding = await auditObject(context, progress, base.slices);
  if (finding !== null && finding.stale.length > mostMendedById && !progress.afterAudit) {
    const everything = await readWindow(context, await beginEverything(context, progress));
    if (everything === null) return null;
    progress = everything;
    finding = await auditObject(context, progress, base.slices);
  }
  if (finding === null) return null;
  const { object } = context.declared;
  const deletedAt = context.serverTime.toISOString();
  const gone = finding.absent.map((id) => ({ object, id, deletedAt, foundBy: 'reconciliation' as const }));
  const slice = await writeDeletions(context, gone);
  return {
    progress: await readByIds(context, progress, finding.stale),
    deletions: base.deletions + gone.length,
    slices: slice === null ? base.slices : [...base.slices, slice],
    mended: finding.stale.length,
  };
}

async function beginEverything(context: ExtractContext, progress: ExtractProgress): Promise<ExtractProgress> {
  return await noteProgress(context, {
    ...progress,
    window: { from: null, to: progress.window.to },
    startedAt: context.ports.now().toISOString(),
    bulk: true,
    parts: [wholeRange],
    slices: [],
    carried: slicesOf(progress),
    carriedRead: readOf(progress),
    auditJobId: null,
    afterAudit: true,
  });
}

async function readByIds(
  context: ExtractContext,
  progress: ExtractProgress,
  ids: readonly string[],
): Promise<ExtractProgress> {
  const { crm, declared, fields, ports, signal } = context;
  let current = progress;
  for (let start = 0; start < ids.length; start += idsPerQuery) {
    requireQuota(context);
    const names = progress.fields.join(', ');
    const soql = `SELECT ${names} FROM ${declared.object} WHERE Id IN (${idList(ids.slice(start, start + idsPerQuery))})`;
    const startedAt = ports.now().toISOString();
    const { records } = await crm.source.select(soql, signal, fields);
    const { read, slice } = await loadRows(context, { records }, progress.fields, startedAt, slicesOf(current));
    current = {
      ...current,
      carriedRead: current.carriedRead + read,
      slices: slice === null ? current.slices : [...current.slices, slice],
    };
  }
  return current;
}
