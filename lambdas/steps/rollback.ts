import { UsageError } from '../domain/errors.ts';
import type { CatalogPointer } from '../domain/publication.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { leaseName, leaseSeconds } from './lease.ts';
import { readySlices, showCurrent } from './analyst-slices.ts';
import { publishedRuns } from './published-runs.ts';
import { serveCurrent } from './serve-publication.ts';

/**
 * Makes an earlier publication current again: the one named, or the one before the current. Only what readers see changes; files that
 * were collected stay collected, and the next run builds on all of them. The API follows. Throws LeaseHeldError while a run works.
 */
export async function rollback(ports: PipelinePorts, target: string | null): Promise<CatalogPointer> {
  const holder = `rollback-${ports.now().toISOString()}`;
  const lease = await ports.leases.acquire(leaseName, holder, leaseSeconds, ports.now());
  try {
    const pointer = await ports.catalog.pointer();
    const chain = [...(await publishedRuns(ports.catalog, pointer))];
    const at = chain.indexOf(pointer.current ?? '');
    const id = target ?? (at === -1 ? undefined : chain[at + 1]);
    if (id === undefined || !chain.includes(id)) {
      const what =
        target === null ? 'there is no earlier publication to go back to' : `'${target}' is not a publication`;
      throw new UsageError(`${what}; publications, newest first: ${chain.join(', ') || 'none'}`);
    }
    let switched = pointer;
    if (id !== pointer.current) {
      await readySlices(ports, await ports.catalog.load(id));
      switched = await ports.catalog.switchTo(id, pointer, { rollback: true });
    }
    await showCurrent(ports);
    await serveCurrent(ports);
    return switched;
  } finally {
    await ports.leases.release(lease);
  }
}
