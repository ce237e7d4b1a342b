import { splitLandingKey } from '../domain/file-name.ts';
import type { FileRecord, FileStatus } from '../domain/file-record.ts';
import { fileReason } from '../domain/reasons.ts';
import { stableHash } from '../domain/stable-hash.ts';
import type { ObjectInfo } from '../ports/lake.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';

/** Tells the ledger of every object in landing/. Returns the ids of what lies there now. */
export async function registerLanding(ports: PipelinePorts, now: string): Promise<Set<string>> {
  const ids = new Set<string>();
  let arrivals: FileRecord[] = [];
  for await (const object of ports.raw.list('landing/')) {
    if (!object.key.endsWith('/.keep')) arrivals.push(received(object, now));
  }
  while (arrivals.length > 0) {
    await ports.files.register(arrivals);
    const known = await ports.files.get(arrivals.map((record) => record.id));
    const closed = new Set(known.filter(({ status }) => finalStatuses.includes(status)).map(({ id }) => id));
    for (const { id } of arrivals) if (!closed.has(id)) ids.add(id);
    arrivals = arrivals.filter(({ id }) => closed.has(id)).map(arrivedAgain);
  }
  return ids;
}

const finalStatuses: readonly FileStatus[] = ['PROCESSED', 'REJECTED', 'DUPLICATE'];

/** A closed file that lies in landing/ was put back there, with its old time: that is another arrival of it. */
function arrivedAgain(record: FileRecord): FileRecord {
  return { ...record, id: stableHash(`${record.id}\nagain`) };
}

/** A file as the ledger first sees it. */
export function received(object: ObjectInfo, now: string): FileRecord {
  return {
    id: stableHash(`${object.key}\n${object.version}`),
    key: object.key,
    version: object.version,
    bytes: object.bytes,
    modifiedAt: object.modifiedAt,
    dataset: splitLandingKey(object.key)?.dataset ?? null,
    status: 'RECEIVED',
    receivedAt: now,
    updatedAt: now,
    runId: null,
    verdict: null,
    sha256: null,
    counts: null,
    reasons: [],
    duplicateOf: null,
    archivedTo: null,
  };
}

/** Files neither archived nor gone. One that vanished or was replaced before it was read is closed with that reason. */
export async function pendingFiles(
  ports: PipelinePorts,
  landing: ReadonlySet<string>,
  now: string,
): Promise<{ pending: FileRecord[]; vanished: FileRecord[] }> {
  const open = await ports.files.withStatus(['RECEIVED', 'COLLECTED']);
  const vanished = open.filter((file) => !landing.has(file.id));
  const reason = fileReason('VANISHED', 'The file was removed or replaced in landing/ before a run had taken it.');
  await ports.files.update(
    vanished.map((file) => ({ ...file, status: 'REJECTED', verdict: 'rejected', reasons: [reason], updatedAt: now })),
  );
  return { pending: open.filter((file) => landing.has(file.id)), vanished };
}
