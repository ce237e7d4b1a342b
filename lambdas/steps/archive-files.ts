import { archiveKey, reasonsSuffix } from '../domain/archive-key.ts';
import { ObjectNotFoundError } from '../domain/errors.ts';
import type { FileRecord, FileStatus } from '../domain/file-record.ts';
import type { CollectOutcome, CollectedFile } from '../domain/outcomes.ts';
import type { RunTicket } from '../domain/plan.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { keepLease } from './lease.ts';
import { loadPlan } from './load-plan.ts';
import { RunState } from './run-state.ts';

export interface ArchiveFilesOutput {
  readonly archived: number;
  readonly rejected: number;
  readonly duplicates: number;
}

/** Moves every original of the run where it belongs, with a reason file beside rejected ones, and closes it in the ledger. */
export async function archiveFiles(ports: PipelinePorts, input: { run: RunTicket }): Promise<ArchiveFilesOutput> {
  await keepLease(ports, input.run);
  const plan = await loadPlan(ports, input.run.runId);
  const outcomes = await new RunState(ports.lake, input.run.runId).allCollected(plan);
  await archiveOutcomes(ports, input.run.runId, outcomes);
  const files = outcomes.flatMap((outcome) => outcome.files);
  const count = (verdict: CollectedFile['verdict']) => files.filter((file) => file.verdict === verdict).length;
  return { archived: count('accepted'), rejected: count('rejected'), duplicates: count('duplicate') };
}

const statusOf: Record<CollectedFile['verdict'], FileStatus> = {
  accepted: 'PROCESSED',
  rejected: 'REJECTED',
  duplicate: 'DUPLICATE',
};

/** May be called again at any time: a file that lies where it belongs is left there. */
export async function archiveOutcomes(
  ports: PipelinePorts,
  runId: string,
  outcomes: readonly CollectOutcome[],
): Promise<void> {
  const total = outcomes.reduce((sum, outcome) => sum + outcome.files.length, 0);
  let done = 0;
  for (const outcome of outcomes) {
    const records = new Map(
      (await ports.files.get(outcome.files.map((file) => file.id))).map((file) => [file.id, file]),
    );
    const closed: FileRecord[] = [];
    for (const file of outcome.files) {
      const record = records.get(file.id);
      if (record === undefined || record.status === statusOf[file.verdict]) continue;
      ports.crash('archive-files:before-move');
      const archivedTo = await moveOriginal(ports, runId, file, record);
      ports.crash('archive-files:moved');
      closed.push(closedRecord(record, file, runId, archivedTo, ports.now()));
    }
    ports.crash('archive-files:before-ledger');
    await ports.files.update(closed);
    done += outcome.files.length;
    ports.progress({ stage: 'archive-files', done, total, rows: 0, bytes: 0 });
  }
  ports.crash('archive-files:archived');
}

/** What this run made of the file counts, whoever looked at it since. */
function closedRecord(
  record: FileRecord,
  { verdict, sha256, counts, reasons, duplicateOf }: CollectedFile,
  runId: string,
  archivedTo: string | null,
  now: Date,
): FileRecord {
  const finding = { verdict, sha256, counts, reasons, duplicateOf };
  return { ...record, ...finding, runId, status: statusOf[verdict], archivedTo, updatedAt: now.toISOString() };
}

/** Returns the key it lies under now, or null when the producer replaced or removed it meanwhile (the lake has its content). */
async function moveOriginal(
  ports: PipelinePorts,
  runId: string,
  file: CollectedFile,
  record: FileRecord,
): Promise<string | null> {
  const target = archiveKey(file.verdict === 'rejected' ? 'rejected' : 'archive', file.key, runId);
  if (file.verdict === 'rejected') {
    await ports.raw.write(`${target}${reasonsSuffix}`, reasonsText(file, runId));
  }
  const there = await ports.raw.head(file.key);
  if (there?.version !== record.version) return (await ports.raw.head(target)) === null ? null : target;
  try {
    await ports.raw.move(file.key, target);
    return target;
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return null;
    throw error;
  }
}

function reasonsText(file: CollectedFile, runId: string): string {
  const { key, dataset, sha256, counts, reasons } = file;
  return `${JSON.stringify({ file: key, dataset, run: runId, sha256, counts, reasons }, null, 2)}\n`;
}
