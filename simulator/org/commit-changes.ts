import type { DuckDBConnection } from '@duckdb/node-api';
import { type ChangeBatch, changeBatches } from './change-batches.ts';
import { commitMerge } from './commit-merge.ts';
import type { ObjectShape } from './object-shape.ts';
import type { OrgChange } from './org-change.ts';
import { OrgError } from './org-error.ts';
import { columnType, literal, quoted, storedFields } from './org-tables.ts';
import { stageChanges } from './stage-changes.ts';
import { stampsLater } from './stamps.ts';

/**
 * Makes changes visible, in their order. A change to a record that has been purged meanwhile has no effect; one to a record that
 * never was throws an OrgError, as does an unknown object or field. Run it in a transaction.
 */
export async function commit(
  connection: DuckDBConnection,
  shapes: readonly ObjectShape[],
  changes: readonly OrgChange[],
): Promise<void> {
  for (const batch of changeBatches(changes)) {
    const shape = shapes.find(({ name }) => name === batch.object);
    if (shape === undefined) throw new OrgError(`the org has no object ${batch.object}`);
    checkFields(shape, batch);
    await stageChanges(connection, batch);
    await expectRecords(connection, shape, batch);
    if (batch.kind === 'insert') await insert(connection, shape, batch);
    else if (batch.kind === 'update') await connection.run(updateSql(shape, batch));
    else if (batch.kind === 'merge') await commitMerge(connection, shapes, shape);
    else if (batch.kind === 'delete') await remove(connection, shape);
    else if (batch.kind === 'undelete') await restore(connection, shape);
    else await purge(connection, shape);
  }
}

function checkFields(shape: ObjectShape, { kind, fields }: ChangeBatch): void {
  const known = new Set(storedFields(shape).map(({ name }) => name));
  const unknown = fields.filter((field) => !known.has(field));
  if (unknown.length > 0) throw new OrgError(`${shape.name} has no field ${unknown.join(', ')} to write to`);
  if (['delete', 'undelete', 'merge'].includes(kind) && !known.has('IsDeleted')) {
    throw new OrgError(`records of ${shape.name} cannot be deleted; they can be purged`);
  }
}

async function expectRecords(connection: DuckDBConnection, shape: ObjectShape, batch: ChangeBatch): Promise<void> {
  const table = `data.${quoted(shape.name)}`;
  const problem =
    batch.kind === 'insert'
      ? `select "Id" from stage semi join ${table} using ("Id")`
      : `select "Id" from stage anti join ${table} using ("Id")
         where "Id" not in (select id from meta.deletion where object = ${literal(shape.name)} and purged)`;
  const [row] = (await connection.runAndReadAll(`${problem} limit 1`)).getRows();
  if (row === undefined) return;
  throw new OrgError(
    `${batch.kind}: ${shape.name} ${row[0]} ${batch.kind === 'insert' ? 'exists already' : 'does not exist'}`,
  );
}

async function insert(connection: DuckDBConnection, shape: ObjectShape, { fields }: ChangeBatch): Promise<void> {
  const given = new Set(fields);
  const columns = storedFields(shape).flatMap((field) => {
    if (given.has(field.name)) return [[field.name, `cast(${quoted(field.name)} as ${columnType(field)})`]];
    if (field.name === 'Id') return [['Id', '"Id"']];
    if (field.type === 'boolean') return [[field.name, 'false']];
    return ['CreatedDate', 'LastModifiedDate', 'SystemModstamp'].includes(field.name) ? [[field.name, '_stamp']] : [];
  });
  const names = columns.map(([name]) => quoted(String(name)));
  await connection.run(
    `insert into data.${quoted(shape.name)} (${names.join(', ')})
     select ${columns.map(([, sql]) => sql).join(', ')} from stage order by _position`,
  );
}

function updateSql(shape: ObjectShape, { fields, silent }: ChangeBatch): string {
  const values = storedFields(shape)
    .filter(({ name }) => fields.includes(name))
    .map((field) => `${quoted(field.name)} = cast(stage.${quoted(field.name)} as ${columnType(field)})`);
  const stamps = silent ? [] : stampsLater(shape, 'stage._stamp', fields);
  return `update data.${quoted(shape.name)} as record set ${[...values, ...stamps].join(', ')}
          from stage where record."Id" = stage."Id"`;
}

async function remove(connection: DuckDBConnection, shape: ObjectShape): Promise<void> {
  const table = `data.${quoted(shape.name)}`;
  await connection.run(
    `insert into meta.deletion select ${literal(shape.name)}, record."Id", _stamp, false
     from stage join ${table} as record using ("Id") where not record."IsDeleted"`,
  );
  await connection.run(
    `update ${table} as record set ${['"IsDeleted" = true', ...stampsLater(shape, '_stamp')].join(', ')}
     from stage where record."Id" = stage."Id" and not record."IsDeleted"`,
  );
}

async function restore(connection: DuckDBConnection, shape: ObjectShape): Promise<void> {
  const master = shape.fields.some(({ name }) => name === 'MasterRecordId') ? ['"MasterRecordId" = null'] : [];
  const sets = ['"IsDeleted" = false', ...master, ...stampsLater(shape, '_stamp')];
  await connection.run(
    `update data.${quoted(shape.name)} as record set ${sets.join(', ')}
     from stage where record."Id" = stage."Id" and record."IsDeleted"`,
  );
  await connection.run(
    `delete from meta.deletion where object = ${literal(shape.name)} and not purged and id in (select "Id" from stage)`,
  );
}

/** A record that was in the recycle bin keeps the time at which it went there. */
async function purge(connection: DuckDBConnection, shape: ObjectShape): Promise<void> {
  const table = `data.${quoted(shape.name)}`;
  const logged = `object = ${literal(shape.name)} and id in (select "Id" from stage)`;
  await connection.run(`update meta.deletion set purged = true where ${logged}`);
  await connection.run(
    `insert into meta.deletion select ${literal(shape.name)}, "Id", _stamp, true
     from stage semi join ${table} using ("Id") where "Id" not in (select id from meta.deletion where ${logged})`,
  );
  await connection.run(`delete from ${table} where "Id" in (select "Id" from stage)`);
}
