import { splitLandingKey } from '../domain/file-name.ts';
import type { FileRecord } from '../domain/file-record.ts';
import { fileReason } from '../domain/reasons.ts';
import { stableHash } from '../domain/stable-hash.ts';
import type { ObjectInfo } from '../ports/lake.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';

/** Tells the ledger of every object in landing/. Returns the ids of what lies there now. */
export async function registerLanding(ports: PipelinePorts, now: string): Promise<Set<string>> {
  const records: FileRecord[] = [];
  for await (const object of ports.raw.list('landing/')) {
    if (object.key.endsWith('/.keep')) continue;
    records.push(received(object, now));
  }
  await ports.files.register(records);
  return new Set(records.map((record) => record.id));
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
): Promise<FileRecord[]> {
  const open = await ports.files.withStatus(['RECEIVED', 'COLLECTED']);
  const gone = open.filter((file) => !landing.has(file.id));
  const reason = fileReason('VANISHED', 'The file was removed or replaced in landing/ before a run had taken it.');
  await ports.files.update(
    gone.map((file) => ({ ...file, status: 'REJECTED', verdict: 'rejected', reasons: [reason], updatedAt: now })),
  );
  return open.filter((file) => landing.has(file.id));
}
