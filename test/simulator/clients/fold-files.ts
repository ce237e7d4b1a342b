import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dropRows, type Row } from '../read-drops.ts';

/** A version as the files tell it, with the columns that change. */
export interface FoldedVersion {
  readonly values: readonly (string | boolean | null)[];
  readonly from: string;
  readonly to: string | null;
  readonly reason: string;
}

export interface Folded {
  readonly versions: ReadonlyMap<string, readonly FoldedVersion[]>;
  /** The last record of each client. */
  readonly records: ReadonlyMap<string, Row>;
  readonly territories: readonly string[];
  readonly rows: number;
  readonly bad: Readonly<Record<string, number>>;
}

/** Paths of a folder's client files by day, deltas first. */
export function clientPaths(...folders: readonly string[]): { folder: string; path: string; date: string }[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(folder, 'landing/clients')).map((name) => {
        const date = /\d{4}-\d\d-\d\d/.exec(name)?.[0] ?? '';
        return { folder, path: join('landing/clients', name), date };
      }),
    )
    .sort((a, b) => (`${a.date} ${a.path}` < `${b.date} ${b.path}` ? -1 : 1));
}

/** Takes the files in the order of their days and keeps history as a reader would who knows nothing of the generator. */
export function foldFiles(...folders: readonly string[]): Folded {
  const versions = new Map<string, FoldedVersion[]>();
  const records = new Map<string, Row>();
  const territories = new Set<string>();
  const bad: Record<string, number> = { REQUIRED: 0, TYPE: 0, RANGE: 0 };
  let rows = 0;
  const put = (id: string, date: string, values: FoldedVersion['values'], isMissing = false) => {
    const history = versions.get(id) ?? [];
    const last = history.at(-1);
    if (last !== undefined && JSON.stringify(last.values) === JSON.stringify(values)) return;
    if (last !== undefined) history[history.length - 1] = { ...last, to: date };
    const known = last?.reason === 'MISSING' ? 'RETURNED' : 'CHANGED';
    const reason = last === undefined ? 'NEW' : isMissing ? 'MISSING' : known;
    versions.set(id, [...history, { values, from: date, to: null, reason }]);
  };
  for (const { folder, path, date } of clientPaths(...folders)) {
    const seen = new Set<string>();
    for (const row of dropRows(folder, path)) {
      rows++;
      const reason = fault(row);
      if (reason !== null) {
        bad[reason] = (bad[reason] ?? 0) + 1;
        continue;
      }
      const id = row.client_id ?? '';
      seen.add(id);
      records.set(id, row);
      territories.add(`${date} ${text(row.region)} ${text(row.segment)}`);
      put(id, date, valuesOf(row));
    }
    if (!path.includes('clients_full_')) continue;
    for (const [id, history] of versions) {
      const last = history.at(-1);
      if (!seen.has(id) && last !== undefined) put(id, date, [...last.values.slice(0, -1), false], true);
    }
  }
  return { versions, records, territories: firstOnly(territories), rows, bad };
}

function fault(row: Row): string | null {
  if (['client_id', 'client_name', 'region', 'segment'].some((column) => text(row[column]) === null)) return 'REQUIRED';
  if (!['', 'true', 'false'].includes(row.is_active ?? '')) return 'TYPE';
  return Number(row.annual_revenue) < 0 ? 'RANGE' : null;
}

function valuesOf(row: Row): FoldedVersion['values'] {
  const [region, segment, parent] = [text(row.region), text(row.segment), text(row.parent_org)];
  return [region, segment, parent, text(row.advisor_email)?.toLowerCase() ?? null, row.is_active !== 'false'];
}

function text(value: string | undefined): string | null {
  const trimmed = (value ?? '').trim().replace(/ +/g, ' ');
  return trimmed === '' ? null : trimmed;
}

/** Of `<day> <territory>` the first of each territory. */
function firstOnly(seen: ReadonlySet<string>): string[] {
  const first = new Map<string, string>();
  for (const entry of seen) if (!first.has(entry.slice(11))) first.set(entry.slice(11), entry);
  return [...first.values()];
}
