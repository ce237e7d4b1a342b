import type { DuckDBConnection } from '@duckdb/node-api';
import type { ChangeBatch } from './change-batches.ts';
import type { FieldValue } from './org-change.ts';
import { quoted } from './org-tables.ts';
import { inUtc, wholeSecond } from './sql-time.ts';

/** Puts a batch into the temporary table `stage`: Id, the given values as text, `_stamp`, `_loser` of a merge, `_position`. */
export async function stageChanges(connection: DuckDBConnection, { fields, changes }: ChangeBatch): Promise<void> {
  const columns = fields.filter((field) => field !== 'Id').map((field) => `${quoted(field)} varchar`);
  await connection.run(
    `create or replace temp table stage_text (${['"Id" varchar', ...columns, '_stamp varchar', '_loser varchar'].join(', ')})`,
  );
  const appender = await connection.createAppender('stage_text', 'main', 'temp');
  const append = (value: string | null) => (value === null ? appender.appendNull() : appender.appendVarchar(value));
  for (const change of changes) {
    append(change.id);
    for (const field of fields) {
      if (field !== 'Id') append(asText('values' in change ? (change.values[field] ?? null) : null));
    }
    append(inUtc(wholeSecond(change.stampedAt)));
    append(change.kind === 'merge' ? change.loserId : null);
    appender.endRow();
  }
  appender.closeSync();
  await connection.run(
    `create or replace temp table stage as
     select * replace (cast(_stamp as timestamp) as _stamp), row_number() over () as _position from stage_text`,
  );
}

function asText(value: FieldValue): string | null {
  if (value === null) return null;
  return value instanceof Date ? inUtc(value) : String(value);
}
