import type { RunStatus } from '../domain/run-record.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { releaseLease } from './lease.ts';
import { notifyOutcome } from './notify-outcome.ts';
import { type CloseRunInput, recordClosing } from './record-closing.ts';

export interface CloseRunOutput {
  readonly runId: string;
  readonly status: RunStatus;
  /** Files that lie in landing/ now and no run has looked at: the caller starts another run. */
  readonly arrivedMeanwhile: number;
}

/** Tells what happened: run record, ops tables, notifications; then gives the lease back. Runs after failures too. */
export async function closeRun(ports: PipelinePorts, input: CloseRunInput): Promise<CloseRunOutput> {
  const status = await tell(ports, input);
  ports.crash('close-run:closed');
  // Looked for with the lease free: whoever dropped a file before could not start a run, whoever drops one now can.
  const arrivedMeanwhile = input.error === null ? await countArrivals(ports) : 0;
  return { runId: input.run.runId, status, arrivedMeanwhile };
}

/** The lease goes back even when nothing can be written any more: the run has ended, and the next one settles what it left. */
async function tell(ports: PipelinePorts, input: CloseRunInput): Promise<RunStatus> {
  try {
    const closed = await recordClosing(ports, input);
    await notifyOutcome(ports, closed);
    return closed.record.status;
  } finally {
    await releaseLease(ports, input.run);
  }
}

async function countArrivals(ports: PipelinePorts): Promise<number> {
  const known = new Set<string>();
  // A file that is only RECEIVED came while this run worked: its own files have been collected.
  for (const file of await ports.files.withStatus(['COLLECTED', 'PROCESSED', 'REJECTED', 'DUPLICATE'])) {
    known.add(`${file.key}\n${file.version}`);
  }
  let arrived = 0;
  for await (const object of ports.raw.list('landing/')) {
    if (!object.key.endsWith('/.keep') && !known.has(`${object.key}\n${object.version}`)) arrived += 1;
  }
  return arrived;
}
