import type { z } from 'zod';
import type { ListQuery, ServedFilter, ServedPosition, ServingSnapshot } from '../../ports/serving-store.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { ApiProblem } from '../http/problems.ts';
import { type CsvReply, type Reply, type Route, type RouteRequest, sourceOf } from '../route.ts';

const usualLimit = 50;
/** Rows that an export reads at a time. */
const exportStep = 1_000;
/** Values of a facet that are told. */
const facetValues = 200;

type Value = string | number;
/** A parameter of the query string as a filter. */
export type FilterParameter = (value: Value) => ServedFilter;

/** One of the comma-separated values; a statement has room for some thousands of them, so each counts once. */
export function anyOf(column: string): FilterParameter {
  return (value) => ({ column, any: [...new Set(String(value).split(','))] });
}
export function equal(column: string): FilterParameter {
  return (value) => ({ column, any: [value] });
}
export function yesNo(column: string): FilterParameter {
  return (value) => ({ column, any: [value === 'true' ? 1 : 0] });
}

export interface ListDeclaration {
  readonly collection: string;
  readonly filters: Readonly<Record<string, FilterParameter>>;
  readonly facets: readonly string[];
  /** Name of the exported file, and its columns. */
  readonly csv: { readonly name: string; readonly row: z.ZodObject };
}

/** A list of one collection: search, filters, sorting, pages, facets and export, as its declaration says. */
export function listRoute(declaration: ListDeclaration): Route {
  return { version: () => '', answer: (request) => answerList(declaration, request) };
}

function answerList(declaration: ListDeclaration, request: RouteRequest): Reply {
  const { query } = request;
  const selection = selectionOf(declaration, request);
  if (request.wantsCsv) {
    const snapshot = request.snapshot();
    const { name, row } = declaration.csv;
    return { body: exportOf(name, Object.keys(row.shape), everyPage(snapshot, { ...selection, after: null })) };
  }
  const { snapshot, after } = placeOf(request);
  const limit = Number(query.limit ?? usualLimit);
  const page = snapshot.list({ ...selection, limit, after });
  const next = page.next === null ? null : writeCursor(snapshot.meta.runId, request.listId, page.next);
  const shown = JSON.stringify({ limit, total: page.total, next_cursor: next });
  const facets = query.facets === 'true' ? `,"facets":${JSON.stringify(facetsOf(declaration, snapshot, request))}` : '';
  return {
    body: `{"data":[${page.rows.join(',')}],"page":${shown},"source":${JSON.stringify(sourceOf(snapshot))}${facets}}`,
  };
}

/** A page is read from the publication that the one before came from, as long as that is kept: never two mixed. */
function placeOf(request: RouteRequest): { snapshot: ServingSnapshot; after: ServedPosition | null } {
  const text = request.query.cursor;
  if (text === undefined) return { snapshot: request.snapshot(), after: null };
  const { r, n } = readCursor(String(text), request.listId);
  const snapshot = request.ports.store.of(r);
  if (snapshot === null) {
    throw new ApiProblem(
      'gone',
      'The list comes from a publication that is no longer served. Begin again at its first page.',
    );
  }
  return { snapshot, after: { rank: n } };
}

function selectionOf(
  declaration: ListDeclaration,
  { query, principal }: RouteRequest,
): Omit<ListQuery, 'limit' | 'after'> {
  const filters = Object.entries(declaration.filters).flatMap(([name, filter]) => {
    const value = query[name];
    return value === undefined ? [] : [filter(value)];
  });
  const search = query.q === undefined || String(query.q).trim() === '' ? null : String(query.q);
  const { collection } = declaration;
  return { collection, filters, search, territories: principal.territories, sort: sortOf(query.sort) };
}

function sortOf(sort: Value | undefined): ListQuery['sort'] {
  if (sort === undefined) return null;
  return { column: String(sort).replace(/^-/, ''), descending: String(sort).startsWith('-') };
}

function* everyPage(snapshot: ServingSnapshot, query: Omit<ListQuery, 'limit'>): Generator<readonly string[]> {
  let { after } = query;
  do {
    const page = snapshot.list({ ...query, limit: exportStep, after });
    yield page.rows;
    after = page.next;
  } while (after !== null);
}

export function exportOf(name: string, columns: readonly string[], rows: Iterable<readonly string[]>): CsvReply {
  return { name, columns, rows };
}

function facetsOf({ collection, facets }: ListDeclaration, snapshot: ServingSnapshot, { principal }: RouteRequest) {
  const { territories } = principal;
  return Object.fromEntries(
    facets.map((column) => {
      const totals = snapshot.totals({ collection, filters: [], territories, search: null, groupBy: column, sums: [] });
      return [column, facetOf(totals)];
    }),
  );
}

function facetOf(totals: readonly { value: Value | null; count: number }[]): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { value, count } of totals) {
    // Of a column with several values each one counts.
    const values = String(value ?? '').startsWith('|') ? String(value).split('|') : [String(value ?? '')];
    for (const each of values) if (each !== '') counts.set(each, (counts.get(each) ?? 0) + count);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, facetValues);
}
