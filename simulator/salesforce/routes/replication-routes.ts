import { SalesforceError, notFound } from '../api-error.ts';
import type { ObjectShape } from '../../org/object-shape.ts';
import { type Reply, jsonReply } from '../reply.ts';
import { type Call, type Route, dataPath, part } from '../route.ts';
import { restTime } from '../salesforce-time.ts';
import type { Services } from '../services.ts';

const MINUTE = 60 * 1000;
const HORIZON = 30 * 24 * 60 * MINUTE;

/** `getUpdated` and `getDeleted`. */
export function replicationRoutes(services: Services): readonly Route[] {
  return [
    {
      kind: 'updated',
      method: 'GET',
      pattern: dataPath('/sobjects/{object}/updated'),
      target: (call) => ({ object: part(call, 'object') }),
      handle: (call) => updated(call, services),
    },
    {
      kind: 'deleted',
      method: 'GET',
      pattern: dataPath('/sobjects/{object}/deleted'),
      target: (call) => ({ object: part(call, 'object') }),
      handle: (call) => deleted(call, services),
    },
  ];
}

async function updated(call: Call, services: Services): Promise<Reply> {
  const object = objectOf(call, services);
  const { start, end } = spanOf(call);
  const ids = await services.database.updated(object.name, start, end);
  return jsonReply({ ids, latestDateCovered: restTime(await latestDateCovered(call, services, object, end)) });
}

async function deleted(call: Call, services: Services): Promise<Reply> {
  const object = objectOf(call, services);
  const { start, end } = spanOf(call);
  const records = await services.database.deleted(object.name, start, end);
  return jsonReply({
    deletedRecords: records.map(({ id, deletedAt }) => ({ id, deletedDate: restTime(deletedAt) })),
    earliestDateAvailable: restTime(new Date(call.now.getTime() - HORIZON)),
    latestDateCovered: restTime(await latestDateCovered(call, services, object, end)),
  });
}

function objectOf(call: Call, services: Services): ObjectShape {
  const object = services.schema().find(part(call, 'object'));
  if (object === undefined) throw notFound();
  return object;
}

/** Start and end of the span that is asked for; seconds do not count. @throws SalesforceError INVALID_REPLICATION_DATE */
function spanOf({ query, now }: Call): { readonly start: Date; readonly end: Date } {
  const start = wholeMinute('start', query.get('start'));
  const end = wholeMinute('end', query.get('end'));
  if (now.getTime() - start.getTime() > HORIZON + MINUTE) {
    throw wrongDate('startDate cannot be more than 30 days ago');
  }
  if (end.getTime() - start.getTime() < MINUTE) {
    throw wrongDate('endDate must be at least one minute greater than the startDate');
  }
  return { start, end };
}

function wholeMinute(name: string, text: string | null): Date {
  // In an address, the plus of an offset that was not escaped is a blank.
  const time = new Date((text ?? '').replace(' ', '+').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (Number.isNaN(time.getTime())) {
    throw new SalesforceError(400, 'INVALID_DATE_FORMAT', `${name}: expected a dateTime, got '${text ?? ''}'`);
  }
  return new Date(Math.floor(time.getTime() / MINUTE) * MINUTE);
}

function wrongDate(message: string): SalesforceError {
  return new SalesforceError(400, 'INVALID_REPLICATION_DATE', message);
}

/** Up to here the answer is complete: not beyond now, and not beyond the stamp of a change whose commit is still to come. */
async function latestDateCovered({ now }: Call, { database }: Services, object: ObjectShape, end: Date): Promise<Date> {
  const reader = await database.connection.runAndReadAll(
    `select epoch_ms(min(cast(change->>'$.stampedAt' as timestamp))) from meta.pending where change->>'$.object' = $1`,
    [object.name],
  );
  const [[pending] = []] = reader.getRows();
  const open = typeof pending === 'bigint' ? Number(pending) : Number.POSITIVE_INFINITY;
  return new Date(Math.min(end.getTime(), now.getTime(), open));
}
