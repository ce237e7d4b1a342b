import { hasField, silentFields } from '../domain/crm-object.ts';
import { type ExtractProgress, slicesOf } from '../domain/extract-progress.ts';
import { SourceError } from '../domain/errors.ts';
import { mappedFields } from '../domain/mapping.ts';
import { cursorNames } from '../domain/salesforce-source.ts';
import type { Slice } from '../domain/table.ts';
import type { AuditFinding } from '../ports/extract-loader.ts';
import { type ExtractContext, knownWith, requireQuota } from './extract-context.ts';
import { noteProgress } from './note-progress.ts';
import { patienceSeconds } from './read-bulk.ts';

export interface DueAudits {
  /** Fields that change without a stamp are compared. */
  readonly refresh: boolean;
  /** Ids are compared: for deletions and changes that no window saw. */
  readonly reconcile: boolean;
}

/** Fields that silver takes from the object; null when no mapping says. */
function fieldsReadOf({ ports, declared }: ExtractContext): ReadonlySet<string> | null {
  const mappings = ports.configuration.mappings.filter(({ object }) => object === declared.object);
  return mappings.length === 0 ? null : new Set(mappings.flatMap((mapping) => mappedFields(mapping)));
}

/**
 * Which audits are due, by the times of the last ones. The first reading is itself a look at everything; only where bronze has
 * records already, of an earlier run that died or from a Data Export, some of them may be gone.
 */
export async function dueAudits(
  context: ExtractContext,
  cursor: string | null,
  deletionsComplete: boolean,
): Promise<DueAudits> {
  if (cursor === null) return { refresh: false, reconcile: !deletionsComplete || context.known.slices.length > 0 };
  const { ports, plan, source, declared, fields, serverTime } = context;
  const hoursSince = async (name: string) => {
    const last = await ports.cursors.get(name);
    return last === null || last.value === '' ? Infinity : (serverTime.getTime() - Date.parse(last.value)) / 3_600_000;
  };
  const silent = silentFields(fields, declared, fieldsReadOf(context)).length > 0;
  return {
    refresh: silent && (await hoursSince(cursorNames.refresh(declared.object))) >= source.refresh_hours,
    reconcile:
      plan.reconcile ||
      !deletionsComplete ||
      (await hoursSince(cursorNames.reconcile(declared.object))) >= source.reconcile_days * 24,
  };
}

/**
 * Compares every record of the org with bronze: by Id, stamp and deletion mark, and by the fields that change silently. Returns null
 * while the bulk job is still running. `deleted` is what this run knows to be gone.
 */
export async function auditObject(
  context: ExtractContext,
  progress: ExtractProgress,
  deleted: readonly Slice[],
): Promise<AuditFinding | null> {
  const { crm, declared, described, fields, deletions, signal } = context;
  const marks = ['SystemModstamp', 'IsDeleted'].filter((name) => hasField(described, name));
  const compared = [...new Set(['Id', ...marks, ...silentFields(fields, declared, fieldsReadOf(context))])];
  requireQuota(context);
  const jobId =
    progress.auditJobId ?? (await crm.bulk.start(`SELECT ${compared.join(', ')} FROM ${declared.object}`, signal));
  await noteProgress(context, { ...progress, auditJobId: jobId });
  const job = await crm.bulk.follow(jobId, patienceSeconds, signal);
  if (job.state === 'running') return null;
  if (job.state !== 'complete') {
    const anew = await noteProgress(context, { ...progress, auditJobId: null });
    // The job of a run that is taken up days later has expired; one that was just started is there.
    if (job.state === 'gone' && progress.auditJobId !== null) return await auditObject(context, anew, deleted);
    throw new SourceError(
      `The audit of ${declared.object} fails: ${job.state === 'failed' ? job.message : 'its bulk job is gone'}`,
    );
  }
  const paths: string[] = [];
  for (let locator: string | null | undefined; locator !== null; ) {
    requireQuota(context);
    const page = await crm.bulk.page(jobId, locator ?? null, signal);
    paths.push(page.path);
    locator = page.next;
  }
  return await crm.loader.audit(
    {
      paths,
      fields: compared,
      object: declared.object,
      known: knownWith(context, slicesOf(progress)),
      deletions: { ...deletions, slices: [...deletions.slices, ...deleted] },
    },
    signal,
  );
}
