import { csvHeader } from './csv-header.ts';
import { madeUpSql, readSql } from './csv-values.ts';
import type { ObjectShape } from './object-shape.ts';
import type { OrgDatabase } from './org-database.ts';
import { OrgError } from './org-error.ts';
import { literal, quoted, storedFields } from './org-tables.ts';
import { type ParentColumn, parentColumn, resolveParents } from './parent-columns.ts';
import { instance, sequenceOf } from './salesforce-id.ts';
import { sqlTime } from './sql-time.ts';

/** What came of a file. */
export interface CsvLoad {
  readonly rows: number;
  /** Columns that the object has no field for. */
  readonly ignored: readonly string[];
}

/**
 * Adds the records of a CSV file whose header names Salesforce fields (custom ones with or without `__c`), in any order: the org's own
 * data export, or `exportCsv`'s files. Booleans may be `1` or empty. A column `Account.Name` finds the parent by that field. What the file has no column for is made up: Ids, the stamps
 * (the org's clock), a contact's Name, what follows from an opportunity's stage, US dollars as currency. Moves the clock past the
 * latest stamp. Throws an OrgError, and adds nothing, for an unknown object, a value that does not fit
 * its field, and a parent that cannot be told.
 */
export async function loadCsv(database: OrgDatabase, object: string, path: string): Promise<CsvLoad> {
  const shape = database.shape(object);
  const header = await csvHeader(path);
  const columns = new Map<string, string>();
  const parents: ParentColumn[] = [];
  const ignored: string[] = [];
  for (const column of header) {
    const field = storedFields(shape).find(({ name }) => name === column || name === `${column}__c`);
    const parent = field === undefined ? parentColumn(database, shape, column) : null;
    if (parent !== null) parents.push(parent);
    else if (field === undefined) ignored.push(column);
    else columns.set(field.name, column);
  }
  const rows = await stageFile(database, path, header);
  if (!columns.has('Id')) {
    await giveIds(database, object, rows);
    columns.set('Id', '_id');
  }
  try {
    for (const parent of parents)
      columns.set(parent.field.name, await resolveParents(database, shape, parent, columns));
    await insertStaged(database, shape, columns);
  } catch (error) {
    throw new OrgError(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  await goOnAfter(database, shape);
  return { rows, ignored };
}

/** All values as text, in the temporary table `csv`. */
async function stageFile(database: OrgDatabase, path: string, header: readonly string[]): Promise<number> {
  const types = header.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  await database.connection.run(
    `create or replace temp table csv as select *, row_number() over () as _position, cast(null as varchar) as _id
     from read_csv(${literal(path)}, columns = {${types}}, header = true, auto_detect = false, delim = ',', quote = '"',
       escape = '"', nullstr = '', max_line_size = 8000000)`,
  );
  const [row] = (await database.connection.runAndReadAll('select count(*) from csv')).getRows();
  return Number(row?.[0]);
}

async function giveIds(database: OrgDatabase, object: string, rows: number): Promise<void> {
  const ids = await database.nextIds(object, rows);
  await database.connection.run(
    `update csv set _id = made.id from (select id, row_number() over () as position from
       (select unnest(string_split($1, ',')) as id)) as made where made.position = _position`,
    [ids.join(',')],
  );
}

async function insertStaged(
  database: OrgDatabase,
  shape: ObjectShape,
  columns: ReadonlyMap<string, string>,
): Promise<void> {
  const now = sqlTime(await database.now());
  const values = storedFields(shape).map((field) => {
    const column = columns.get(field.name);
    return column === undefined ? madeUpSql(shape, field, columns, now) : readSql(field, column);
  });
  await database.connection.run(
    `insert into data.${quoted(shape.name)} select ${values.join(', ')} from csv order by _position`,
  );
}

/** Later Ids, deletions and times follow those that were loaded. */
async function goOnAfter(database: OrgDatabase, { name, keyPrefix, fields }: ObjectShape): Promise<void> {
  const { connection } = database;
  const table = `data.${quoted(name)}`;
  const reader = await connection.runAndReadAll(
    `select max("Id") filter ("Id" like '${keyPrefix}${instance}%'), epoch_ms(max("SystemModstamp")) from ${table}`,
  );
  const [id, stamp] = reader.getRows()[0] ?? [];
  const sequence = typeof id === 'string' ? (sequenceOf(id) ?? -1) : -1;
  await connection.run(
    `update meta.sequence set next = greatest(next, ${sequence + 1}) where object = ${literal(name)}`,
  );
  if (fields.some((field) => field.name === 'IsDeleted')) {
    await connection.run(
      `insert into meta.deletion select ${literal(name)}, "Id", "SystemModstamp", false from ${table}
       where "IsDeleted" and "Id" not in (select id from meta.deletion where object = ${literal(name)})`,
    );
  }
  const latest = Number(stamp ?? 0) + 1_000;
  if (latest > (await database.now()).getTime()) await database.setNow(new Date(latest));
}
