import type { TableVersion } from './table.ts';

/** One consistent version of every table; written once, never changed. */
export interface Publication {
  /** The run that made it. */
  readonly id: string;
  readonly asOf: string;
  readonly createdAt: string;
  readonly fencingToken: number;
  /** The publication this one was built on; null for the first. Following it gives the lake's whole history. */
  readonly base: string | null;
  /** Hash over all slices' fingerprints: equal hash means equal content. */
  readonly contentHash: string;
  readonly tables: readonly TableVersion[];
}

/** Where the catalog stands. */
export interface CatalogPointer {
  /** Grows by one with every switch; the token of the compare-and-swap. 0 before the first publication. */
  readonly generation: number;
  /** What readers see; null before the first publication. */
  readonly current: string | null;
  /** The newest publication ever switched to. After a rollback it differs from `current`, and bronze continues from it. */
  readonly newest: string | null;
}
