import type { CostLine } from './cost-lines.ts';

/** What a run did, as far as AWS counts it. */
export interface RunWork {
  /** Seconds that its stages worked, summed. */
  readonly seconds: number;
  /** Objects of the org that were extracted. */
  readonly objects: number;
  /** Dropped files that were looked at. */
  readonly files: number;
  /** Tables of models that were built, or looked at and kept. */
  readonly tables: number;
  /** Data files that were written. */
  readonly dataFiles: number;
  /** What Athena read; 0 when DuckDB did all. The 10 MB that it counts at least for a statement are left out. */
  readonly bytesScanned: number;
}

/** Memory of the functions that run DuckDB, GB: what `lib/config.ts` gives them in dev. */
export const engineGigabytes = 4;

/** States of the state machine that every run passes; a Map passes as many more for each of its items. A test counts them. */
export const transitionsOf = { run: 13, object: 3, batch: 1 } as const;

/** Dropped files of one batch. */
const batchFiles = 25;

/** Stages that look at what each model made before them. */
const stagesPerTable = 6;

/**
 * What a run would cost on AWS: compute, state transitions, requests to S3 and the ledger. Without storage, retries, waiting for jobs of
 * the org, and free tiers.
 */
export function runCostLines({ seconds, objects, files, tables, dataFiles, bytesScanned }: RunWork): CostLine[] {
  const batches = Math.ceil(files / batchFiles);
  const transitions = transitionsOf.run + transitionsOf.object * objects + transitionsOf.batch * batches;
  return [
    { price: 'lambda', what: 'functions of the stages', quantity: seconds * engineGigabytes },
    { price: 'transition', what: 'states of the state machine', quantity: transitions },
    { price: 'scan', what: 'read by Athena', quantity: bytesScanned / 1e12 },
    // An original is copied to the archive; a table and a stage leave a document of their state each.
    { price: 'put', what: 'files written', quantity: dataFiles + tables + objects + batches + files + 20 },
    { price: 'get', what: 'files read', quantity: 2 * dataFiles + stagesPerTable * tables + 2 * files + 50 },
    { price: 'ledgerWrite', what: 'lease, files, cursors, runs', quantity: tables + objects + 3 * files + 20 },
    { price: 'ledgerRead', what: 'lease, files, cursors, runs', quantity: tables + objects + 3 * files + 20 },
  ];
}
