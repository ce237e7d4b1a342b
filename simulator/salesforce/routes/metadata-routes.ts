import { describeFully, describeObject } from '../describe.ts';
import { notFound } from '../api-error.ts';
import { type Reply, jsonReply } from '../reply.ts';
import { type Call, type Route, dataPath, part } from '../route.ts';
import type { Services } from '../services.ts';

const VERSIONS = ['58.0', '59.0', '60.0', '61.0', '62.0'];

/** What the org has and how much of it may be used. */
export function metadataRoutes(services: Services): readonly Route[] {
  return [
    {
      kind: 'versions',
      method: 'GET',
      pattern: /^\/services\/data\/?$/,
      open: true,
      handle: () =>
        jsonReply(VERSIONS.map((version) => ({ label: `API ${version}`, url: `/services/data/v${version}`, version }))),
    },
    {
      kind: 'describe-global',
      method: 'GET',
      pattern: dataPath('/sobjects'),
      handle: (call) => describeGlobal(call, services),
    },
    {
      kind: 'describe',
      method: 'GET',
      pattern: dataPath('/sobjects/{object}/describe'),
      target: (call) => ({ object: part(call, 'object') }),
      handle: (call) => {
        const object = services.schema().find(part(call, 'object'));
        if (object === undefined) throw notFound();
        return jsonReply(describeFully(object, part(call, 'version')));
      },
    },
    { kind: 'limits', method: 'GET', pattern: dataPath('/limits'), handle: (call) => limits(call, services) },
  ];
}

/** Objects that this user may not see are not listed either. */
function describeGlobal(call: Call, services: Services): Reply {
  const hidden = services.faults.hiddenObjects();
  const visible = services.schema().objects.filter(({ name }) => !hidden.has(name.toLowerCase()));
  return jsonReply({
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: visible.map((object) => describeObject(object, part(call, 'version'))),
  });
}

function limits(call: Call, { usage, jobs }: Services): Reply {
  const jobsOfDay = jobs.list(call.now).length;
  return jsonReply({
    DailyApiRequests: { Max: usage.limit, Remaining: usage.limit - usage.used(call.now) },
    DailyBulkV2QueryJobs: { Max: 10_000, Remaining: 10_000 - jobsOfDay },
    DailyBulkV2QueryFileStorageMB: { Max: 976_562, Remaining: 976_562 },
    DataStorageMB: { Max: 10_240, Remaining: 10_240 },
  });
}
