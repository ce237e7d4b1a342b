import { nextWindow } from '../domain/extract-window.ts';
import { deletionTable } from '../domain/salesforce-source.ts';
import type { Slice } from '../domain/table.ts';
import type { Deletion } from '../ports/extract-loader.ts';
import { type ExtractContext, freshPrefix, requireQuota } from './extract-context.ts';

/** Salesforce answers for the last 30 days at most; a day is left for the way there. */
const horizonDays = 29;
const dayMilliseconds = 86_400_000;
/** Ids of one query: its text must fit into a URL. */
export const idsPerQuery = 300;

export interface FoundDeletions {
  readonly deletions: readonly Deletion[];
  /** False when deletions since the cursor may lie before what Salesforce still knows: only a look at all Ids tells then. */
  readonly complete: boolean;
}

/**
 * Records that were removed for good since the cursor; before there is one, since an earlier run read some. `getDeleted` also names
 * those in the recycle bin (which the window reads with IsDeleted = true) and restored ones, so every Id is looked up, and only one
 * that is gone counts.
 */
export async function findDeletions(context: ExtractContext, cursor: string | null): Promise<FoundDeletions> {
  const { crm, declared, source, serverTime, signal } = context;
  const since = cursor === null ? null : nextWindow(cursor, serverTime, source).from;
  // Without rows from before nothing can have been deleted; with some, nobody knows since when to ask.
  if (since === null) return { deletions: [], complete: context.known.slices.length === 0 };
  requireQuota(context);
  const oldest = new Date(serverTime.getTime() - horizonDays * dayMilliseconds).toISOString();
  const from = since > oldest ? since : oldest;
  const period = { from, to: serverTime.toISOString() };
  const answer = await crm.source.changes('deleted', declared.object, period, signal);
  const complete = since >= oldest && (answer.knownSince === null || answer.knownSince <= since);
  const known = await knownDeletions(context);
  const unknown = answer.changes.filter(({ id }) => !known.has(id));
  const standing = await standingIds(
    context,
    unknown.map(({ id }) => id),
  );
  const deletions = unknown
    .filter(({ id }) => !standing.has(id))
    .map(({ id, at }) => ({ object: declared.object, id, deletedAt: at, foundBy: 'getDeleted' as const }));
  return { deletions, complete };
}

/** Of these Ids, those that the org still has, in the recycle bin or outside. */
async function standingIds(context: ExtractContext, ids: readonly string[]): Promise<Set<string>> {
  const { crm, declared, signal } = context;
  const standing = new Set<string>();
  for (let start = 0; start < ids.length; start += idsPerQuery) {
    requireQuota(context);
    const soql = `SELECT Id FROM ${declared.object} WHERE Id IN (${idList(ids.slice(start, start + idsPerQuery))})`;
    for (const { Id } of (await crm.source.select(soql, signal)).records) if (Id) standing.add(Id);
  }
  return standing;
}

/** Ids as a SOQL list. Throws RangeError for what is no Id: it would be text in a query. */
export function idList(ids: readonly string[]): string {
  const strange = ids.find((id) => !/^[A-Za-z0-9]{15,18}$/.test(id));
  if (strange !== undefined) throw new RangeError(`'${strange}' is no Salesforce Id`);
  return ids.map((id) => `'${id}'`).join(',');
}

async function knownDeletions({ ports, declared, deletions, signal }: ExtractContext): Promise<Set<string>> {
  if (deletions.slices.length === 0) return new Set();
  const sql = `select distinct id from ${deletionTable} where object = '${declared.object}'`;
  const { rows } = await ports.engine.query({ sql, tables: [deletions] }, signal);
  return new Set(rows.map(([id]) => String(id)));
}

/** Writes deletions to bronze; null when there are none. */
export async function writeDeletions(context: ExtractContext, deletions: readonly Deletion[]): Promise<Slice | null> {
  if (deletions.length === 0) return null;
  const { crm, ports, run, signal } = context;
  const prefix = freshPrefix(context, 'deletions').replace(/^bronze\/[^/]+/, deletionTable.replace('.', '/'));
  const origin = { sourceSystem: 'salesforce', extractedAt: ports.now().toISOString(), runId: run.runId, prefix };
  return await crm.loader.writeDeletions(deletions, origin, signal);
}
