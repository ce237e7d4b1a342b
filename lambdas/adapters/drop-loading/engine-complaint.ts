import { basename } from 'node:path';
import { firstLine } from '../duckdb/session.ts';

/** What DuckDB says about a file, for its producer: one line, without local paths and without a full stop. */
export function engineComplaint(error: unknown, path: string): string {
  const message = firstLine(error instanceof Error ? error.message : String(error));
  return message
    .replace(/^[A-Z][A-Za-z ]* Error: /, '')
    .replaceAll(path, basename(path))
    .replace(/[\s.:,;]+$/, '');
}
