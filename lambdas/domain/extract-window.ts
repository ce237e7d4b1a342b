import type { SalesforceSource } from './salesforce-source.ts';

/** Changes stamped in [from, to), UTC time stamps with whole seconds; `from` null reads everything up to `to`. */
export interface ExtractWindow {
  readonly from: string | null;
  readonly to: string;
}

/**
 * The next window: it begins `overlap` before the cursor, so that a change committed later than its stamp is still seen, and ends
 * `lag` before the server's time. Never behind the cursor: a clock that was set back must not move the watermark back.
 */
export function nextWindow(
  cursor: string | null,
  serverTime: Date,
  source: Pick<SalesforceSource, 'lag_seconds' | 'overlap_seconds'>,
): ExtractWindow {
  const to = stamp(Math.floor(serverTime.getTime() / 1_000) - source.lag_seconds);
  if (cursor === null) return { from: null, to };
  const from = stamp(Math.floor(Date.parse(cursor) / 1_000) - source.overlap_seconds);
  return { from, to: to > cursor ? to : cursor };
}

/** Seconds since 1970 as Salesforce writes a time stamp in SOQL: 2025-01-31T10:00:00Z. */
function stamp(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');
}

/** The part of a read whose records were created in [createdFrom, createdTo); null means open. */
export interface CreatedRange {
  readonly createdFrom: string | null;
  readonly createdTo: string | null;
}

export interface QueryParts {
  readonly object: string;
  readonly fields: readonly string[];
  /** Null reads all records, whenever they changed. */
  readonly cursorField: string | null;
  readonly window: ExtractWindow;
  readonly range: CreatedRange;
}

/** The WHERE clause, with a leading space, or nothing. No ORDER BY and no LIMIT: both keep Salesforce from chunking by itself. */
export function conditionOf({ cursorField, window, range }: Omit<QueryParts, 'object' | 'fields'>): string {
  const conditions = [
    cursorField !== null && window.from !== null ? `${cursorField} >= ${window.from}` : null,
    cursorField !== null ? `${cursorField} < ${window.to}` : null,
    range.createdFrom === null ? null : `CreatedDate >= ${range.createdFrom}`,
    range.createdTo === null ? null : `CreatedDate < ${range.createdTo}`,
  ].filter((condition) => condition !== null);
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}

export function soqlOf(query: QueryParts): string {
  return `SELECT ${query.fields.join(', ')} FROM ${query.object}${conditionOf(query)}`;
}

/**
 * Two halves of a range, cut in the middle between the earliest and the latest CreatedDate in it, so that both have records; null when
 * all were created within one second.
 */
export function halved(range: CreatedRange, first: string, last: string): [CreatedRange, CreatedRange] | null {
  const from = Math.floor(Date.parse(first) / 1_000);
  const to = Math.floor(Date.parse(last) / 1_000);
  const middle = Math.floor((from + to + 1) / 2);
  if (middle <= from) return null;
  const cut = stamp(middle);
  return [
    { createdFrom: range.createdFrom, createdTo: cut },
    { createdFrom: cut, createdTo: range.createdTo },
  ];
}
