import { z } from 'zod';
import type { ServedPosition } from '../../ports/serving-store.ts';
import { ApiProblem } from './problems.ts';

const cursorSchema = z.strictObject({
  /** The publication whose list is paged through; '' where it is none's. */
  r: z.string(),
  /** Hash of everything else that the request asked for. */
  q: z.string(),
  n: z.int().nonnegative(),
});
export type Cursor = z.infer<typeof cursorSchema>;

export function writeCursor(runId: string, query: string, position: ServedPosition): string {
  const cursor: Cursor = { r: runId, q: query, n: position.rank };
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Throws ApiProblem when it is none, or belongs to another list. */
export function readCursor(text: string, query: string): Cursor {
  const invalid = (message: string) =>
    new ApiProblem('invalid-request', `The parameter cursor is not acceptable: ${message}.`, {
      errors: [{ parameter: 'cursor', message }],
    });
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw invalid('expected what `page.next_cursor` gave');
  }
  const parsed = cursorSchema.safeParse(value);
  if (!parsed.success) throw invalid('expected what `page.next_cursor` gave');
  if (parsed.data.q !== query) throw invalid('it belongs to a list with other filters or another sort');
  return parsed.data;
}
