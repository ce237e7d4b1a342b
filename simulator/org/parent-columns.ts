import type { FieldShape, ObjectShape } from './object-shape.ts';
import type { OrgDatabase } from './org-database.ts';
import { OrgError } from './org-error.ts';
import { quoted, storedFields } from './org-tables.ts';

/** A column like `Account.Name`: it names the parent by one of its fields instead of by its Id, as Salesforce's own loader allows. */
export interface ParentColumn {
  readonly column: string;
  /** The look-up that it fills. */
  readonly field: FieldShape;
  readonly parent: ObjectShape;
  /** Field of the parent. */
  readonly key: string;
}

const mostNamed = 5;

/** What such a column means; null for any other. Throws an OrgError when object or field do not exist, or several objects are meant. */
export function parentColumn(database: OrgDatabase, shape: ObjectShape, column: string): ParentColumn | null {
  const [relationship = '', key, ...rest] = column.split('.');
  if (key === undefined || rest.length > 0) return null;
  const field = storedFields(shape).find(({ relationshipName }) => relationshipName === relationship);
  const [object, ...others] = field?.referenceTo ?? [];
  if (field === undefined || object === undefined || others.length > 0) {
    const names = storedFields(shape).filter(({ referenceTo }) => referenceTo.length === 1);
    const valid = names.map(({ relationshipName }) => relationshipName).join(', ');
    throw new OrgError(`column ${column}: expected one of the parents ${valid}`);
  }
  const parent = database.shape(object);
  if (!storedFields(parent).some(({ name }) => name === key)) {
    throw new OrgError(`column ${column}: ${object} has no field ${key}`);
  }
  return { column, field, parent, key };
}

/**
 * Adds the parents' Ids to the temporary table `csv`, as a column whose name is returned. Parents are records of the org that are not
 * deleted, and of the file itself where it has the same object (`columns`: field -> its column there). Throws an OrgError that
 * names the values which no record or more than one has.
 */
export async function resolveParents(
  database: OrgDatabase,
  shape: ObjectShape,
  { column, field, parent, key }: ParentColumn,
  columns: ReadonlyMap<string, string>,
): Promise<string> {
  const { connection } = database;
  const live = storedFields(parent).some(({ name }) => name === 'IsDeleted') ? 'where not "IsDeleted"' : '';
  const [ownId, ownKey] = parent.name === shape.name ? [columns.get('Id'), columns.get(key)] : [];
  const inFile =
    ownId === undefined || ownKey === undefined
      ? ''
      : `union all select ${quoted(ownId)}, trim(${quoted(ownKey)}) from csv`;
  await connection.run(
    `create or replace temp table parent as select key, min(id) as id, count(*) as records from (
       select "Id" as id, trim(cast(${quoted(key)} as varchar)) as key from org.${quoted(parent.name)} ${live} ${inFile}
     ) where key is not null group by key`,
  );
  const reader = await connection.runAndReadAll(
    `select distinct trim(${quoted(column)}), coalesce(records, 0) from csv left join parent on key = trim(${quoted(column)})
     where nullif(trim(${quoted(column)}), '') is not null and coalesce(records, 0) <> 1 order by 1`,
  );
  const wrong = reader.getRows().map(([value, records]) => {
    return Number(records) === 0 ? `'${value}' has no record` : `'${value}' has ${records} records`;
  });
  if (wrong.length > 0) {
    const more = wrong.length > mostNamed ? `, and ${wrong.length - mostNamed} more` : '';
    throw new OrgError(
      `column ${column}: expected the ${key} of exactly one ${parent.name}; ${wrong.slice(0, mostNamed).join(', ')}${more}`,
    );
  }
  const name = `_parent_${field.name}`;
  await connection.run(`alter table csv add column ${quoted(name)} varchar`);
  await connection.run(
    `update csv set ${quoted(name)} = parent.id from parent where parent.key = trim(${quoted(column)})`,
  );
  return name;
}
