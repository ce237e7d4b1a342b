/** What one function may do to one bucket, as prefixes. Listing goes with reading; tags of what is moved go with removing. */
export interface BucketRights {
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  readonly remove?: readonly string[];
}

export interface StageRights {
  readonly raw?: BucketRights;
  readonly lake?: BucketRights;
  readonly secret?: boolean;
  /** Runs statements in Athena that read tables of slices, and makes those. */
  readonly athena?: boolean;
  /** Publishes notifications. */
  readonly notify?: boolean;
  /** Starts executions of the state machine. */
  readonly start?: boolean;
  /** Keeps the tables of the Glue catalog and the views that analysts query. */
  readonly analysts?: boolean;
  /** Lists files for people by the ledger's index; what decides is read from the table itself. */
  readonly listing?: boolean;
}

const state = 'ops/state/';

/** Stage -> exactly what it touches. The ledger is one table that every stage renews its lease in. */
export const stageRights = {
  'plan-run': {
    raw: { read: ['landing/', 'archive/', 'rejected/'], write: ['archive/', 'rejected/'], remove: ['landing/'] },
    lake: { read: ['catalog/', 'ops/'], write: ['ops/'] },
    secret: true,
  },
  'extract-object': {
    lake: { read: ['bronze/', 'catalog/', state], write: ['bronze/', state] },
    secret: true,
  },
  'collect-files': {
    raw: { read: ['landing/'] },
    lake: { read: ['bronze/', 'quarantine/', state], write: ['bronze/', 'quarantine/', state] },
  },
  'build-layer': {
    lake: {
      read: ['bronze/', 'silver/', 'gold/', 'analytics/', 'quarantine/', 'catalog/', 'ops/'],
      write: ['silver/', 'gold/', 'analytics/', 'quarantine/', state],
    },
    athena: true,
  },
  'check-layer': {
    lake: { read: ['bronze/', 'silver/', 'gold/', 'quarantine/', 'catalog/', 'ops/'], write: [state] },
    athena: true,
  },
  'publish-run': {
    lake: {
      read: ['bronze/', 'silver/', 'gold/', 'analytics/', 'quarantine/', 'catalog/', state],
      write: ['catalog/', state],
    },
    analysts: true,
  },
  'archive-files': {
    raw: { read: ['landing/', 'archive/', 'rejected/'], write: ['archive/', 'rejected/'], remove: ['landing/'] },
    lake: { read: [state] },
  },
  'serve-publication': {
    lake: { read: ['silver/', 'gold/', 'quarantine/', 'catalog/', 'serving/'], write: ['serving/'] },
  },
  'close-run': {
    raw: { read: ['landing/'] },
    lake: { read: ['catalog/', 'ops/'], write: ['ops/'] },
    notify: true,
    start: true,
  },
  intake: {
    raw: { read: ['landing/'] },
    start: true,
  },
} as const satisfies Record<string, StageRights>;

export type FunctionName = keyof typeof stageRights;

/** True of the functions that run DuckDB: all but intake, whose bundle stays small. */
export function usesEngine(name: FunctionName): boolean {
  return name !== 'intake';
}
