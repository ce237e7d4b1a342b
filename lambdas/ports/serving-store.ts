/** A condition on a column of a collection; a row must meet all of them. */
export type ServedFilter =
  /** The value (of a `list` column: one of the values) is one of these; flags are 0 and 1. */
  | { readonly column: string; readonly any: readonly (string | number)[] }
  /** The value lies between these, both included; `cents` are whole hundredths. */
  | { readonly column: string; readonly from?: string | number | undefined; readonly to?: string | number | undefined }
  | { readonly column: string; readonly known: boolean };

/** What rows a reader asks for, and may see. */
export interface ServedSelection {
  readonly collection: string;
  readonly filters: readonly ServedFilter[];
  /** Only rows of these territories; null: all. A collection whose rows belong to no territory then has none. */
  readonly territories: readonly string[] | null;
  /** Words, or parts of them, that the names must have. */
  readonly search: string | null;
}

/** A place in a sorted list: the row after which the next page begins. */
export interface ServedPosition {
  readonly rank: number;
}

export interface ListQuery extends ServedSelection {
  /** Rows without a value come last either way; null: in the collection's own order. */
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
  readonly limit: number;
  readonly after: ServedPosition | null;
}

export interface ServedPage {
  /** JSON objects as text. */
  readonly rows: readonly string[];
  /** Rows of all pages. */
  readonly total: number;
  /** Null when this is the last page. */
  readonly next: ServedPosition | null;
}

export interface TotalsQuery extends ServedSelection {
  /** Null: one row for all. */
  readonly groupBy: string | null;
  readonly sums: readonly string[];
}

export interface ServedTotal {
  /** The value of the column grouped by; null also when nothing is grouped. */
  readonly value: string | number | null;
  readonly count: number;
  /** By column, exact whole numbers; null when no row has a value. */
  readonly sums: Readonly<Record<string, bigint | null>>;
}

export interface SnapshotMeta {
  readonly runId: string;
  readonly asOf: string;
  /** UTC ISO. */
  readonly publishedAt: string;
  readonly sha256: string;
  readonly bytes: number;
  /** When this process took it over, UTC ISO. */
  readonly loadedAt: string;
}

/** One publication as the API shows it; never changes. All answers of one request come from one of them. */
export interface ServingSnapshot {
  readonly meta: SnapshotMeta;
  list(query: ListQuery): ServedPage;
  /** The JSON of one row (`row`) or of one of its documents; null when there is none that the reader may see. */
  get(collection: string, key: string, part: string, territories: readonly string[] | null): string | null;
  totals(query: TotalsQuery): readonly ServedTotal[];
  /** A text of the snapshot by name, or null. */
  text(name: string): string | null;
}

/** Where snapshots come from. */
export interface ServingStore {
  /** What is served now; null before the first publication. */
  current(): ServingSnapshot | null;
  /** The snapshot of a run: the one served now or the one before it, whose pages may still be read; else null. */
  of(runId: string): ServingSnapshot | null;
  /** Takes over a newer snapshot, if there is one. Never throws: on any failure the old one stays, and `problem` says why. */
  refresh(): Promise<void>;
  /** Why the newest snapshot is not served; null when all is well. */
  problem(): string | null;
  close(): Promise<void>;
}
