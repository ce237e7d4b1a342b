import type { DuckDBConnection } from '@duckdb/node-api';
import type { ObjectShape } from './object-shape.ts';
import { literal, quoted } from './org-tables.ts';
import { sqlTime } from './sql-time.ts';

/** A record that `getDeleted` tells of. */
export interface DeletedRecord {
  readonly id: string;
  readonly deletedAt: Date;
}

/** Ids of the live records stamped from `start` (inclusive) to `end` (exclusive), in the order of their stamps. */
export async function updatedIds(
  connection: DuckDBConnection,
  { name, fields }: ObjectShape,
  start: Date,
  end: Date,
): Promise<readonly string[]> {
  const live = fields.some((field) => field.name === 'IsDeleted') ? 'and not "IsDeleted"' : '';
  const reader = await connection.runAndReadAll(
    `select "Id" from data.${quoted(name)} where "SystemModstamp" >= ${sqlTime(start)} and "SystemModstamp" < ${sqlTime(end)}
     ${live} order by "SystemModstamp", "Id"`,
  );
  return reader.getRows().map(([id]) => String(id));
}

/** Records that were deleted from `start` (inclusive) to `end` (exclusive), in the order of their deletion. */
export async function deletedRecords(
  connection: DuckDBConnection,
  { name }: ObjectShape,
  start: Date,
  end: Date,
): Promise<readonly DeletedRecord[]> {
  const reader = await connection.runAndReadAll(
    `select id, epoch_ms(deleted_at) from meta.deletion where object = ${literal(name)}
     and deleted_at >= ${sqlTime(start)} and deleted_at < ${sqlTime(end)} order by deleted_at, id`,
  );
  return reader.getRows().map(([id, deletedAt]) => ({ id: String(id), deletedAt: new Date(Number(deletedAt)) }));
}
