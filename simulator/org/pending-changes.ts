import type { DuckDBConnection } from '@duckdb/node-api';
import type { OrgChange } from './org-change.ts';
import { sqlTime } from './sql-time.ts';

/** Keeps changes whose commit lies in the future. */
export async function postpone(connection: DuckDBConnection, changes: readonly OrgChange[]): Promise<void> {
  for (const change of changes) {
    await connection.run(
      `insert into meta.pending select coalesce(max(sequence), 0) + 1, ${sqlTime(change.committedAt)}, $1 from meta.pending`,
      [JSON.stringify(change, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))],
    );
  }
}

/** The kept changes that are committed by `now`, in the order of commits. */
export async function pendingChanges(connection: DuckDBConnection, now: Date): Promise<readonly OrgChange[]> {
  const reader = await connection.runAndReadAll(
    `select change from meta.pending where committed_at <= ${sqlTime(now)} order by committed_at, sequence`,
  );
  return reader.getRows().map(([text]) => {
    // Values stay as JSON wrote them, since they go to the database as text; only the two times are read as times.
    const change = JSON.parse(String(text)) as OrgChange;
    return { ...change, stampedAt: new Date(change.stampedAt), committedAt: new Date(change.committedAt) };
  });
}

export async function forgetPending(connection: DuckDBConnection, now: Date): Promise<void> {
  await connection.run(`delete from meta.pending where committed_at <= ${sqlTime(now)}`);
}
