import type { ObjectShape } from '../org/object-shape.ts';
import type { OrgChange } from '../org/org-change.ts';
import { SalesforceError, notFound } from './api-error.ts';
import { readValues, withDefaults } from './record-values.ts';
import type { Call } from './route.ts';
import type { Services } from './services.ts';
import { quoteIdentifier } from './soql/identifier.ts';
import { kindOf } from './soql/field-kind.ts';
import { longId } from './soql/long-id.ts';

/** An object and the Id of one of its records. */
export interface RecordKey {
  readonly object: ObjectShape;
  readonly id: string;
}

/** Makes the change of a record that a client creates; the change still has to be applied. @throws SalesforceError */
export async function newRecord(
  members: Readonly<Record<string, unknown>>,
  object: ObjectShape,
  { now, userId }: Pick<Call, 'now' | 'userId'>,
  { database, schema }: Services,
): Promise<OrgChange> {
  const given = readValues(members, object, schema());
  await checkReferences(given, object, { database, schema });
  const [id = ''] = await database.nextIds(object.name, 1);
  const values = withDefaults(given, object, id, userId);
  return { kind: 'insert', object: object.name, id, values, stampedAt: now, committedAt: now };
}

/** The record that the path names. @throws SalesforceError NOT_FOUND, ENTITY_IS_DELETED */
export async function existingRecord(
  objectName: string,
  recordId: string,
  { database, schema }: Pick<Services, 'database' | 'schema'>,
): Promise<RecordKey> {
  const object = schema().find(objectName);
  const id = longId(recordId);
  if (object === undefined || id === null) throw notFound();
  const deletable = schema().findField(object, 'IsDeleted') !== undefined;
  const reader = await database.connection.runAndReadAll(
    `select ${deletable ? '"IsDeleted"' : 'false'} from org.${quoteIdentifier(object.name)} where "Id" = $1`,
    [id],
  );
  const [row] = reader.getRows();
  if (row === undefined) throw notFound();
  if (row[0] === true) throw new SalesforceError(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  return { object, id };
}

/** @throws SalesforceError INVALID_CROSS_REFERENCE_KEY when a reference leads nowhere */
export async function checkReferences(
  values: Readonly<Record<string, unknown>>,
  object: ObjectShape,
  services: Pick<Services, 'database' | 'schema'>,
): Promise<void> {
  for (const field of object.fields) {
    const id = values[field.name];
    if (typeof id !== 'string' || kindOf(field) !== 'id') continue;
    const target = services.schema().objectOfId(id);
    const allowed = target !== undefined && field.referenceTo.includes(target.name);
    const found =
      allowed &&
      (await existingRecord(target.name, id, services).then(
        () => true,
        () => false,
      ));
    if (!found) {
      throw new SalesforceError(400, 'INVALID_CROSS_REFERENCE_KEY', `invalid cross reference id: ${id}`, {
        fields: [field.name],
      });
    }
  }
}
