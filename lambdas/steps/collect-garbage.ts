import type { Publication } from '../domain/publication.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { leaseName, leaseSeconds } from './lease.ts';

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
 * Removes publications beyond the retention and every data object that no kept publication names: old versions and what killed
 * attempts left behind. Manifests decide, not prefixes. Throws LeaseHeldError while a run works.
 */
export async function collectGarbage(ports: PipelinePorts, retention: Retention, dryRun: boolean): Promise<Garbage> {
  const holder = `gc-${ports.now().toISOString()}`;
  const lease = await ports.leases.acquire(leaseName, holder, leaseSeconds, ports.now());
  try {
    const { kept, dropped } = await divide(ports, retention);
    const named = new Set(kept.flatMap(keysOf));
    const former = new Set(dropped.flatMap(keysOf));
    const doomed = await unnamed(ports, named, former);
    if (!dryRun) {
      // First the manifests: one that is still there must never name an object that is gone.
      await ports.catalog.forget(dropped.map((publication) => publication.id));
      await ports.lake.remove(doomed.keys);
    }
    return { publications: dropped.map(({ id }) => id), objects: doomed.keys.length, bytes: doomed.bytes };
  } finally {
    await ports.leases.release(lease);
  }
}

async function divide(
  ports: PipelinePorts,
  retention: Retention,
): Promise<{ kept: Publication[]; dropped: Publication[] }> {
  const pointer = await ports.catalog.pointer();
  const all = await Promise.all((await ports.catalog.list()).map((id) => ports.catalog.load(id)));
  const youngest = ports.now().getTime() - retention.days * dayMilliseconds;
  const keep = (publication: Publication, index: number) =>
    index >= all.length - retention.publications ||
    Date.parse(publication.createdAt) >= youngest ||
    [pointer.current, pointer.newest].includes(publication.id);
  return { kept: all.filter(keep), dropped: all.filter((publication, index) => !keep(publication, index)) };
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
