import type { FileRecord } from '../domain/file-record.ts';
import type { CollectedFile, CollectOutcome } from '../domain/outcomes.ts';
import type { RunTicket } from '../domain/plan.ts';
import type { DropBatch } from '../ports/drop-reader.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { type Candidate, inspectFile, markDuplicates } from './inspect-files.ts';
import { keepLease } from './lease.ts';
import { loadCandidates } from './load-files.ts';
import { loadPlan } from './load-plan.ts';
import { RunState } from './run-state.ts';

export interface CollectFilesOutput {
  readonly batch: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly rowsRead: number;
  readonly rowsLoaded: number;
  readonly quarantined: number;
  readonly bytes: number;
}

/** Brings one batch of dropped files into bronze, each judged by itself. */
export async function collectFiles(
  ports: PipelinePorts,
  input: { run: RunTicket; batch: number },
  signal: AbortSignal,
): Promise<CollectFilesOutput> {
  await keepLease(ports, input.run);
  const plan = await loadPlan(ports, input.run.runId);
  const records = await ports.files.get(plan.batches[input.batch] ?? []);
  const state = new RunState(ports.lake, input.run.runId);
  const outcome =
    (await state.collected(input.batch)) ?? (await collect(ports, input, plan.startedAt, records, state, signal));
  ports.crash('collect-files:outcome-written');
  // Loading takes long; whoever lost the lease meanwhile must not touch the records of the run that has it now.
  await keepLease(ports, input.run);
  await updateLedger(ports, input.run.runId, records, outcome);
  return summary(outcome, records);
}

async function collect(
  ports: PipelinePorts,
  input: { run: RunTicket; batch: number },
  extractedAt: string,
  records: readonly FileRecord[],
  state: RunState,
  signal: AbortSignal,
): Promise<CollectOutcome> {
  const batch = await ports.drops.begin();
  try {
    const candidates = await inspectAll(ports, batch, records, input, signal);
    await markDuplicates(ports.files, candidates);
    ports.crash('collect-files:before-load');
    const attempt = `${input.run.fencingToken}-${input.batch}-${attemptSuffix(ports)}`;
    const context = { runId: input.run.runId, attempt, extractedAt };
    const loaded = await loadCandidates(ports, batch, candidates, context, signal);
    ports.crash('collect-files:loaded');
    const outcome = { batch: input.batch, files: loaded.files, tables: loaded.tables };
    ports.crash('collect-files:before-outcome');
    return await state.saveCollected(outcome);
  } finally {
    await batch.end();
  }
}

async function inspectAll(
  ports: PipelinePorts,
  batch: DropBatch,
  records: readonly FileRecord[],
  input: { batch: number },
  signal: AbortSignal,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  let bytes = 0;
  for (const record of records) {
    signal.throwIfAborted();
    candidates.push(await inspectFile(ports, batch, record, signal));
    bytes += record.bytes;
    ports.progress({
      stage: 'collect-files',
      item: `batch ${input.batch}`,
      done: candidates.length,
      total: records.length,
      rows: 0,
      bytes,
    });
  }
  return candidates;
}

/** Two attempts of one batch under one lease (a retry) must not write to the same prefix either. */
function attemptSuffix(ports: PipelinePorts): string {
  return Math.floor(ports.random() * 0x1000000)
    .toString(16)
    .padStart(6, '0');
}

async function updateLedger(
  ports: PipelinePorts,
  runId: string,
  records: readonly FileRecord[],
  outcome: CollectOutcome,
): Promise<void> {
  const byId = new Map(outcome.files.map((file) => [file.id, file]));
  const updatedAt = ports.now().toISOString();
  const collected = records.flatMap((record) => {
    const file = byId.get(record.id);
    if (file === undefined || !['RECEIVED', 'COLLECTED'].includes(record.status)) return [];
    const { verdict, sha256, counts, reasons, duplicateOf } = file;
    return [
      { ...record, status: 'COLLECTED' as const, runId, verdict, sha256, counts, reasons, duplicateOf, updatedAt },
    ];
  });
  await ports.files.update(collected);
}

function summary(outcome: CollectOutcome, records: readonly FileRecord[]): CollectFilesOutput {
  const count = (verdict: CollectedFile['verdict']) => outcome.files.filter((file) => file.verdict === verdict).length;
  const sum = (column: 'read' | 'loaded' | 'quarantined') =>
    outcome.files.reduce((total, file) => total + (file.counts?.[column] ?? 0), 0);
  return {
    batch: outcome.batch,
    accepted: count('accepted'),
    rejected: count('rejected'),
    duplicates: count('duplicate'),
    rowsRead: sum('read'),
    rowsLoaded: sum('loaded'),
    quarantined: sum('quarantined'),
    bytes: records.reduce((total, record) => total + record.bytes, 0),
  };
}
