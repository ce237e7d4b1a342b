import type { CatalogPointer, Publication } from '../domain/publication.ts';

/** Publications and the one switch that makes a run visible. */
export interface Catalog {
  pointer(): Promise<CatalogPointer>;
  /** The publication with this id. Throws ObjectNotFoundError. */
  load(id: string): Promise<Publication>;
  /** Ids of all stored publications (switched to or not), sorted: run ids sort by start. */
  list(): Promise<string[]>;
  /** Writes the manifest, create-only. Writing the same publication (same id and content hash) again is fine. */
  store(publication: Publication): Promise<void>;
  /**
   * Makes a stored publication current if the catalog still stands at `expected`; `newest` moves only when `rollback` is not set.
   * Throws PublicationConflictError when another switch came first. Returns the new pointer.
   */
  switchTo(id: string, expected: CatalogPointer, options?: { rollback?: boolean }): Promise<CatalogPointer>;
  /** Removes the manifests of publications that are neither current nor newest. */
  forget(ids: readonly string[]): Promise<void>;
}
