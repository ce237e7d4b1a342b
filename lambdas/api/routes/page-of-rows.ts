import { readCursor, writeCursor } from '../http/cursor.ts';
import { ApiProblem } from '../http/problems.ts';
import { type RouteRequest, sourceOf } from '../route.ts';

const usualLimit = 50;

/** A page of rows that are all at hand; the cursor is a place in them. `source` is null for what belongs to no publication. */
export function pageOf<Row>(request: RouteRequest, rows: readonly Row[], isOfPublication = true) {
  const snapshot = isOfPublication ? request.snapshot() : request.served;
  const run = isOfPublication ? (snapshot?.meta.runId ?? '') : '';
  const start = startOf(request, run);
  const limit = Number(request.query.limit ?? usualLimit);
  const end = start + limit;
  const next = end < rows.length ? writeCursor(run, request.listId, { rank: end }) : null;
  return {
    data: rows.slice(start, end),
    page: { limit, total: rows.length, next_cursor: next },
    source: sourceOf(snapshot),
  };
}

function startOf({ query, listId }: RouteRequest, run: string): number {
  if (query.cursor === undefined) return 0;
  const { r, n } = readCursor(String(query.cursor), listId);
  if (r === run) return n;
  throw new ApiProblem(
    'gone',
    'The list comes from a publication that is no longer served. Begin again at its first page.',
  );
}
