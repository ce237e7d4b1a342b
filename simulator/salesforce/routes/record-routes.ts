import type { OrgChange } from '../../org/org-change.ts';
import { SalesforceError, notFound } from '../api-error.ts';
import { readJson } from '../json-body.ts';
import { checkReferences, existingRecord, newRecord } from '../record-store.ts';
import { readValues } from '../record-values.ts';
import { type Reply, emptyReply, jsonReply, jsonTextReply } from '../reply.ts';
import { type Call, type Route, type Target, dataPath, part } from '../route.ts';
import type { Services } from '../services.ts';

const RECORD = '/sobjects/{object}/{id}';
const MOST_RECORDS = 200;

/** Creating, reading, changing and deleting single records, and creating up to 200 at once. */
export function recordRoutes(services: Services): readonly Route[] {
  const target = (call: Pick<Call, 'parts'>): Target => ({ object: part(call, 'object') });
  return [
    {
      kind: 'create',
      method: 'POST',
      pattern: dataPath('/sobjects/{object}'),
      target,
      handle: (call) => create(call, services),
    },
    {
      kind: 'create',
      method: 'POST',
      pattern: dataPath('/composite/sobjects'),
      handle: (call) => createMany(call, services),
    },
    {
      kind: 'retrieve',
      method: 'GET',
      pattern: dataPath(RECORD),
      target,
      handle: (call) => retrieve(call, services),
    },
    { kind: 'update', method: 'PATCH', pattern: dataPath(RECORD), target, handle: (call) => update(call, services) },
    { kind: 'delete', method: 'DELETE', pattern: dataPath(RECORD), target, handle: (call) => remove(call, services) },
  ];
}

async function create(call: Call, services: Services): Promise<Reply> {
  const object = services.schema().find(part(call, 'object'));
  if (object === undefined) throw notFound();
  const change = await newRecord(readJson(call.body), object, call, services);
  await services.database.apply([change]);
  return jsonReply({ id: change.id, success: true, errors: [] }, 201);
}

async function createMany(call: Call, services: Services): Promise<Reply> {
  const { records, allOrNone } = readJson(call.body);
  if (!Array.isArray(records) || records.length === 0 || records.length > MOST_RECORDS) {
    throw new SalesforceError(400, 'INVALID_NUMBER_OF_RECORDS', `records: expected 1 to ${MOST_RECORDS}`);
  }
  const outcomes = [];
  for (const record of records) outcomes.push(await attempt(record, call, services));
  const failed = outcomes.some((outcome) => outcome instanceof SalesforceError);
  const rolledBack = allOrNone === true && failed;
  if (!rolledBack) {
    await services.database.apply(
      outcomes.filter((outcome): outcome is OrgChange => !(outcome instanceof SalesforceError)),
    );
  }
  return jsonReply(outcomes.map((outcome) => saveResult(outcome, rolledBack)));
}

async function attempt(record: unknown, call: Call, services: Services): Promise<OrgChange | SalesforceError> {
  try {
    const members = readJson(JSON.stringify(record));
    const { type } = readJson(JSON.stringify(members.attributes ?? {}));
    return await newRecord(members, services.schema().object(String(type)), call, services);
  } catch (error) {
    if (error instanceof SalesforceError) return error;
    throw error;
  }
}

function saveResult(outcome: OrgChange | SalesforceError, rolledBack: boolean): Readonly<Record<string, unknown>> {
  if (outcome instanceof SalesforceError) {
    const { errorCode: statusCode, message, fields } = outcome;
    return { success: false, errors: [{ statusCode, message, fields }] };
  }
  if (!rolledBack) return { id: outcome.id, success: true, errors: [] };
  const message = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
  return { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message, fields: [] }] };
}

async function retrieve(call: Call, services: Services): Promise<Reply> {
  const { object, id } = await existingRecord(part(call, 'object'), part(call, 'id'), services);
  const fields = call.query.get('fields')?.split(',') ?? object.fields.map(({ name }) => name);
  const context = { schema: services.schema(), now: call.now, includeDeleted: false };
  const record = await services.queries.record(object.name, id, fields, context, part(call, 'version'));
  if (record === null) throw notFound();
  return jsonTextReply(record);
}

async function update(call: Call, services: Services): Promise<Reply> {
  const { object, id } = await existingRecord(part(call, 'object'), part(call, 'id'), services);
  const given = readValues(readJson(call.body), object, services.schema());
  await checkReferences(given, object, services);
  const editor = object.fields.some(({ name }) => name === 'LastModifiedById') ? { LastModifiedById: call.userId } : {};
  const values = { ...given, ...editor };
  const at = { stampedAt: call.now, committedAt: call.now };
  await services.database.apply([{ kind: 'update', object: object.name, id, values, ...at }]);
  return emptyReply();
}

async function remove(call: Call, services: Services): Promise<Reply> {
  const { object, id } = await existingRecord(part(call, 'object'), part(call, 'id'), services);
  const kind = object.fields.some(({ name }) => name === 'IsDeleted') ? 'delete' : 'purge';
  await services.database.apply([{ kind, object: object.name, id, stampedAt: call.now, committedAt: call.now }]);
  return emptyReply();
}
