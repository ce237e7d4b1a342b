import { extractProgressSchema, slicesOf } from '../domain/extract-progress.ts';
import type { Publication } from '../domain/publication.ts';
import { cursorNames } from '../domain/salesforce-source.ts';
import type { Slice, TableName } from '../domain/table.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { addAnalystSlices, analystsLayer } from './analyst-slices.ts';
import { leaseName, leaseSeconds } from './lease.ts';
import { oldSnapshots } from './old-snapshots.ts';
import { RunState } from './run-state.ts';

export interface Retention {
  /** The newest so many publications are kept … */
  readonly publications: number;
  /** … and all that are younger than this. */
  readonly days: number;
}

export interface Garbage {
  /** Ids of publications that are given up. */
  readonly publications: readonly string[];
  /** Objects that no kept publication names. */
  readonly objects: number;
  readonly bytes: number;
}

const dataPrefixes = ['bronze/', 'silver/', 'gold/', 'analytics/', 'quarantine/'];
/** Objects younger than this may belong to a run that has not published yet. */
const graceDays = 1;
const dayMilliseconds = 86_400_000;

/**
 * Removes publications beyond the retention and every data object that no kept publication names: old versions, what killed
 * attempts left behind, and snapshots of the API that are no longer served. Manifests decide, not prefixes. Throws LeaseHeldError while a run works.
 */
export async function collectGarbage(ports: PipelinePorts, retention: Retention, dryRun: boolean): Promise<Garbage> {
  const holder = `gc-${ports.now().toISOString()}`;
  const lease = await ports.leases.acquire(leaseName, holder, leaseSeconds, ports.now());
  try {
    const { named, former, dropped, slices } = await divide(ports, retention);
    for (const key of [...(await resumableKeys(ports, retention)), ...(await notedKeys(ports))]) named.add(key);
    const doomed = await unnamed(ports, named, former);
    for (const { key, bytes } of await oldSnapshots(ports, graceDays * dayMilliseconds)) {
      doomed.keys.push(key);
      doomed.bytes += bytes;
    }
    if (!dryRun) {
      // First the manifests: one that is still there must never name an object that is gone.
      await ports.catalog.forget(dropped);
      await ports.analysts.keepSlices(analystsLayer, slices);
      await ports.lake.remove(doomed.keys);
    }
    return { publications: dropped, objects: doomed.keys.length, bytes: doomed.bytes };
  } finally {
    await ports.leases.release(lease);
  }
}

/** Reads one manifest at a time: there may be hundreds, each with thousands of files. */
async function divide(
  ports: PipelinePorts,
  retention: Retention,
): Promise<{ named: Set<string>; former: Set<string>; dropped: string[]; slices: Map<TableName, Set<string>> }> {
  const { current, newest } = await ports.catalog.pointer();
  const ids = await ports.catalog.list();
  const oldestCounted = ids.length - retention.publications;
  // What lies between the current and the newest publication is the way forward again after a rollback.
  const oldestKept = current === null ? oldestCounted : Math.min(oldestCounted, ids.indexOf(current));
  const youngest = ports.now().getTime() - retention.days * dayMilliseconds;
  const named = new Set<string>();
  const former = new Set<string>();
  const dropped: string[] = [];
  const slices = new Map<TableName, Set<string>>();
  for (const [index, id] of ids.entries()) {
    const publication = await ports.catalog.load(id);
    const kept =
      index >= oldestKept || Date.parse(publication.createdAt) >= youngest || id === current || id === newest;
    if (kept) addAnalystSlices(slices, publication);
    else dropped.push(id);
    for (const key of keysOf(publication)) (kept ? named : former).add(key);
  }
  return { named, former, dropped, slices };
}

/** What runs that can still be resumed have written so far, as far as they recorded it. */
async function resumableKeys(ports: PipelinePorts, retention: Retention): Promise<string[]> {
  const youngest = ports.now().getTime() - Math.max(retention.days, 1) * dayMilliseconds;
  const keys: string[] = [];
  for (const run of await ports.runs.list(10_000)) {
    if (run.status === 'PUBLISHED' || run.status === 'UNCHANGED' || Date.parse(run.startedAt) < youngest) continue;
    const state = new RunState(ports.lake, run.id);
    const plan = await state.plan();
    const slices: Slice[] = [];
    for (const object of plan?.objects ?? []) {
      slices.push(...((await state.extracted(object))?.tables ?? []).flatMap((table) => table.slices));
    }
    for (const batch of plan?.batches.keys() ?? []) {
      slices.push(...((await state.collected(batch))?.tables ?? []).flatMap((table) => table.slices));
    }
    for (const model of ports.configuration.models) {
      const outcome = await state.built(model.table);
      slices.push(...(outcome?.slices ?? []), ...(outcome?.quarantine ?? []));
    }
    keys.push(...slices.flatMap((slice) => slice.files.map((file) => file.key)));
  }
  return keys;
}

/** Pages of extractions that a later run goes on with. */
async function notedKeys(ports: PipelinePorts): Promise<string[]> {
  const windows = (ports.configuration.salesforce?.objects ?? []).map(({ object }) => cursorNames.window(object));
  const notes = (await ports.cursors.list()).filter(({ source, note }) => note !== null && windows.includes(source));
  return notes
    .flatMap(({ note }) => slicesOf(extractProgressSchema.parse(JSON.parse(note ?? ''))))
    .flatMap((slice) => slice.files.map((file) => file.key));
}

function keysOf(publication: Publication): string[] {
  return publication.tables.flatMap((version) =>
    version.slices.flatMap((slice) => slice.files.map((file) => file.key)),
  );
}

async function unnamed(
  ports: PipelinePorts,
  named: ReadonlySet<string>,
  former: ReadonlySet<string>,
): Promise<{ keys: string[]; bytes: number }> {
  const settled = ports.now().getTime() - graceDays * dayMilliseconds;
  const keys: string[] = [];
  let bytes = 0;
  for (const prefix of dataPrefixes) {
    for await (const object of ports.lake.list(prefix)) {
      if (named.has(object.key)) continue;
      if (!former.has(object.key) && Date.parse(object.modifiedAt) > settled) continue;
      keys.push(object.key);
      bytes += object.bytes;
    }
  }
  return { keys, bytes };
}
