import { ObjectNotFoundError } from '../domain/errors.ts';
import type { CatalogPointer, Publication } from '../domain/publication.ts';
import type { Catalog } from '../ports/catalog.ts';

/** Ids of the runs whose publications were ever switched to: the chain of bases from the newest one back, as far as kept. */
export async function publishedRuns(catalog: Catalog, pointer: CatalogPointer): Promise<Set<string>> {
  const runs = new Set<string>();
  let next = pointer.newest;
  while (next !== null && !runs.has(next)) {
    const publication = await loadKept(catalog, next);
    if (publication === null) break;
    runs.add(next);
    next = publication.base;
  }
  return runs;
}

async function loadKept(catalog: Catalog, id: string): Promise<Publication | null> {
  try {
    return await catalog.load(id);
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return null;
    throw error;
  }
}
