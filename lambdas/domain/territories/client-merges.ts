import { changedColumns, type ClientRecord, type ClientVersion, closedVersion, openVersion } from './client-version.ts';
import type { TerritoriesConfig } from './territories-config.ts';

type Merge = TerritoriesConfig['merges'][number];

const filledColumns = [
  'client_name',
  'region',
  'segment',
  'parent_org',
  'primary_advisor_email',
  'annual_revenue',
] as const;

/**
 * The history (rows of ClientVersion) with the declared merges in effect: from its day on a merged client is inactive, and the kept
 * one has the merged ones' values where its own are empty, in the order declared. Computed from the history as the sources tell it,
 * which must be kept beside it: without the declaration everything is as before. A merge whose kept client is unknown does nothing.
 */
export function applyMerges(
  versions: readonly ClientVersion[],
  merges: readonly Merge[],
  asOf: string,
): ClientVersion[] {
  const due = merges.filter((merge) => merge.effective_from <= asOf);
  const concerned = new Set(due.flatMap(({ keep, merge }) => [keep, ...merge]));
  if (concerned.size === 0) return [...versions];
  const histories = Map.groupBy(
    versions.filter(({ client_key }) => concerned.has(client_key)),
    (version) => version.client_key,
  );
  const changed = new Map<string, ClientVersion[]>();
  for (const merge of due) {
    const kept = histories.get(merge.keep);
    if (kept === undefined) continue;
    const merged = merge.merge.map((key) => histories.get(key) ?? []);
    changed.set(merge.keep, filled(kept, merged, merge));
    for (const history of merged) {
      const [first] = history;
      if (first !== undefined) changed.set(first.client_key, retired(history, merge));
    }
  }
  const written = new Set<string>();
  return versions.flatMap((version) => {
    const history = changed.get(version.client_key);
    if (history === undefined) return [version];
    if (written.has(version.client_key)) return [];
    written.add(version.client_key);
    return history;
  });
}

/** The merged client up to the merge, then inactive for good; one that came afterwards never was active. */
function retired(history: readonly ClientVersion[], merge: Merge): ClientVersion[] {
  const start = history[0]?.effective_from ?? merge.effective_from;
  const day = start > merge.effective_from ? start : merge.effective_from;
  return inactive(history, day, `MERGED_INTO(${merge.keep})`);
}

function inactive(history: readonly ClientVersion[], day: string, reason: string): ClientVersion[] {
  const before = history.filter(({ effective_from }) => effective_from < day);
  const last = before.at(-1) ?? history[0];
  if (last === undefined) return [];
  const ended = { ...last, is_active: false };
  const rest = before.slice(0, -1);
  if (before.length > 0 && !last.is_active) return [...rest, { ...last, effective_to: null, is_current: true }];
  const retiredVersion = openVersion(ended, last.source_system, day, reason);
  return before.length === 0 ? [retiredVersion] : [...rest, closedVersion(last, day), retiredVersion];
}

/** The kept client's days, each change of its own or of a record that fills it a possible new version. */
function filled(kept: readonly ClientVersion[], merged: readonly ClientVersion[][], merge: Merge): ClientVersion[] {
  const start = kept[0]?.effective_from ?? merge.effective_from;
  const days = [merge.effective_from, ...[kept, ...merged].flat().map((version) => version.effective_from)];
  const history: ClientVersion[] = [];
  for (const day of [...new Set(days)].filter((one) => one >= start).toSorted()) {
    const own = versionOn(kept, day);
    if (own === undefined) continue;
    const fills = day < merge.effective_from ? [] : merged.flatMap((other) => versionOn(other, day) ?? []);
    const record = fills.reduce(fill, own);
    const current = history.at(-1);
    if (current === undefined) history.push(openVersion(record, own.source_system, day, own.change_reason));
    else if (changedColumns(current, record).length === 0) {
      const { client_name, annual_revenue } = record;
      history[history.length - 1] = { ...current, client_name, annual_revenue };
    } else {
      history[history.length - 1] = closedVersion(current, day);
      const reason = own.effective_from === day ? own.change_reason : `MERGED(${merge.merge.join(', ')})`;
      history.push(openVersion(record, own.source_system, day, reason));
    }
  }
  return history;
}

function fill<T extends ClientRecord>(record: T, other: ClientRecord): T {
  const values = filledColumns.map((column) => [column, record[column] ?? other[column]]);
  return { ...record, ...Object.fromEntries(values) };
}

function versionOn(history: readonly ClientVersion[], day: string): ClientVersion | undefined {
  return history.findLast(({ effective_from }) => effective_from <= day);
}
