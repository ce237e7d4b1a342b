import type { EngineChoice } from './engine-choice.ts';
import type { CatalogPointer } from './publication.ts';

/** What `plan-run` decided, stored once in the lake; every later step of the run reads it from there. */
export interface Plan {
  readonly runId: string;
  readonly asOf: string;
  readonly startedAt: string;
  readonly rebuild: boolean;
  /** What computes tables and answers checks. */
  readonly engine: EngineChoice;
  readonly configurationHash: string;
  /** Where the catalog stood: the run builds on `newest` and may only switch from here. */
  readonly pointer: CatalogPointer;
  /** Names of the objects to extract; empty without an org. */
  readonly objects: readonly string[];
  /** Requests that the org had seen when the run began, and its limit; null without an org. */
  readonly org: { readonly id: string; readonly requestsUsed: number; readonly requestLimit: number } | null;
  /** True when all Ids are to be compared with the lake. */
  readonly reconcile: boolean;
  /** Ids of the pending files, batch by batch. */
  readonly batches: readonly (readonly string[])[];
  /** Ids of files that were known and have gone from landing/ before a run read them: told, and closed. */
  readonly vanished: readonly string[];
  readonly pendingFiles: number;
  readonly pendingBytes: number;
}

/** Identity of a run as the state machine carries it from step to step. */
export interface RunTicket {
  readonly runId: string;
  readonly asOf: string;
  readonly fencingToken: number;
  readonly rebuild: boolean;
  readonly engine: EngineChoice;
}

export interface PendingFile {
  readonly id: string;
  readonly key: string;
  readonly dataset: string | null;
  readonly bytes: number;
}

const batchFiles = 25;
const batchBytes = 32 * 1_048_576;

/**
 * Splits pending files into batches in the order of their keys. Files of one dataset with the same size stay in one batch, since
 * only they can have the same content: so each batch finds its own duplicates, whatever order batches run in.
 */
export function planBatches(files: readonly PendingFile[]): string[][] {
  const groups = new Map<string, PendingFile[]>();
  for (const file of files.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))) {
    const group = `${file.dataset}\n${file.bytes}`;
    groups.set(group, [...(groups.get(group) ?? []), file]);
  }
  const batches: string[][] = [];
  let batch: string[] = [];
  let bytes = 0;
  for (const group of groups.values()) {
    const size = group.reduce((sum, file) => sum + file.bytes, 0);
    if (batch.length > 0 && (batch.length + group.length > batchFiles || bytes + size > batchBytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(...group.map((file) => file.id));
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
