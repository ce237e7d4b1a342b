import { ObjectExistsError, ObjectNotFoundError } from '../domain/errors.ts';
import type { RunTicket } from '../domain/plan.ts';
import type { Publication } from '../domain/publication.ts';
import { servedCollections } from '../domain/serving/collections.ts';
import {
  type ServingPointer,
  servingPointerKey,
  servingPointerSchema,
  type SnapshotRecord,
  snapshotRecordKey,
  snapshotRecordSchema,
} from '../domain/serving/serving-pointer.ts';
import { textsOf } from '../domain/serving/snapshot-texts.ts';
import { stableHash } from '../domain/stable-hash.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { keepLease } from './lease.ts';
import { readText } from './run-state.ts';

export interface ServePublicationOutput {
  /** The publication that the API serves now; null while nothing is published. */
  readonly publication: string | null;
  /** Size of its snapshot. */
  readonly bytes: number;
}

/** The stage of a run: by now the data is published, and whatever fails here delays readers of the API only. */
export async function servePublication(
  ports: PipelinePorts,
  input: { run: RunTicket },
  signal?: AbortSignal,
): Promise<ServePublicationOutput> {
  const stillOurs = () => keepLease(ports, input.run);
  await stillOurs();
  const pointer = await serveCurrent(ports, stillOurs, signal);
  return { publication: pointer?.run_id ?? null, bytes: pointer?.bytes ?? 0 };
}

type ServingPorts = Pick<PipelinePorts, 'lake' | 'catalog' | 'snapshots' | 'configuration' | 'random' | 'crash'>;

/**
 * Makes the API serve what the catalog says is current, after a run as after a rollback: the snapshot is made once for each publication,
 * and switched to. Where it is served already and whole, nothing happens. Returns null while nothing is published.
 * `stillOurs` is called before the switch and throws when somebody else has taken over.
 */
export async function serveCurrent(
  ports: ServingPorts,
  stillOurs: () => Promise<void> = async () => {},
  signal?: AbortSignal,
): Promise<ServingPointer | null> {
  const { current, generation } = await ports.catalog.pointer();
  if (current === null) return null;
  const served = await servedNow(ports);
  const format = snapshotFormat();
  const isCurrent = served?.run_id === current && served.format === format && served.generation >= generation;
  if (isCurrent && (await isWhole(ports, served))) return served;
  const record = (await madeBefore(ports, current, format)) ?? (await makeSnapshot(ports, current, format, signal));
  await stillOurs();
  // Not everybody who serves holds the lease, and making a snapshot takes its time: what was current then may have been replaced.
  if ((await ports.catalog.pointer()).generation !== generation) {
    return await serveCurrent(ports, stillOurs, signal);
  }
  const pointer: ServingPointer = { ...record, generation };
  ports.crash('serve-publication:before-switch');
  await ports.lake.write(servingPointerKey, JSON.stringify(pointer));
  ports.crash('serve-publication:switched');
  return pointer;
}

/** Raised when the same rows come to be stored otherwise. */
const layout = 1;

/** Changes with what snapshots hold, so that a new version of the program makes them anew. */
export function snapshotFormat(): string {
  return stableHash(JSON.stringify([layout, servedCollections([])])).slice(0, 8);
}

async function servedNow({ lake }: ServingPorts): Promise<ServingPointer | null> {
  const text = await readText(lake, servingPointerKey);
  // Whatever it is, it is replaced.
  return text === null ? null : (servingPointerSchema.safeParse(jsonOf(text)).data ?? null);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A snapshot that was made before and is still there whole. */
async function madeBefore(ports: ServingPorts, publication: string, format: string): Promise<SnapshotRecord | null> {
  const text = await readText(ports.lake, snapshotRecordKey(publication, format));
  const record = text === null ? undefined : snapshotRecordSchema.safeParse(jsonOf(text)).data;
  return record !== undefined && (await isWhole(ports, record)) ? record : null;
}

async function isWhole({ lake }: ServingPorts, { key, bytes }: SnapshotRecord): Promise<boolean> {
  return (await lake.head(key))?.bytes === bytes;
}

async function makeSnapshot(
  ports: ServingPorts,
  id: string,
  format: string,
  signal: AbortSignal | undefined,
): Promise<SnapshotRecord> {
  const publication = await ports.catalog.load(id);
  const attempt = Math.floor(ports.random() * 0x1000000).toString(16);
  ports.crash('serve-publication:before-snapshot');
  const file = await ports.snapshots.make(
    {
      prefix: `serving/${id}/${format}-${attempt}`,
      tables: publication.tables,
      collections: servedCollections(publication.tables),
      texts: textsOf(ports.configuration, publication, await baseOf(ports, publication)),
    },
    signal,
  );
  ports.crash('serve-publication:snapshot-written');
  const { asOf, createdAt } = publication;
  const record: SnapshotRecord = { run_id: id, as_of: asOf, published_at: createdAt, format, ...file };
  return await keepFirst(ports, record);
}

async function baseOf({ catalog }: ServingPorts, { base }: Publication): Promise<Publication | null> {
  if (base === null) return null;
  try {
    return await catalog.load(base);
  } catch (error) {
    // Beyond the retention.
    if (error instanceof ObjectNotFoundError) return null;
    throw error;
  }
}

/** Of two that were made at the same time the record of the first stays; one whose file is gone is replaced. */
async function keepFirst(ports: ServingPorts, record: SnapshotRecord): Promise<SnapshotRecord> {
  const key = snapshotRecordKey(record.run_id, record.format);
  try {
    await ports.lake.write(key, JSON.stringify(record), { createOnly: true });
    return record;
  } catch (error) {
    if (!(error instanceof ObjectExistsError)) throw error;
  }
  const first = await madeBefore(ports, record.run_id, record.format);
  if (first !== null) return first;
  await ports.lake.write(key, JSON.stringify(record));
  return record;
}
