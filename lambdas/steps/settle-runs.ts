import { CorruptStateError } from '../domain/errors.ts';
import type { FileRecord } from '../domain/file-record.ts';
import type { RunError, RunRecord } from '../domain/run-record.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { archiveOutcomes } from './archive-files.ts';
import { publishedRuns } from './published-runs.ts';
import { recordClosing } from './record-closing.ts';
import { RunState } from './run-state.ts';

/**
 * Brings runs to their end that did not get there themselves; called with the lease held, so whoever still says RUNNING is dead. A run
 * that published has its files archived and counts as published; any other is interrupted, and its files are taken up again.
 */
export async function settleRuns(ports: PipelinePorts, ownRunId: string): Promise<void> {
  const open = new Map((await ports.files.withStatus(['COLLECTED'])).map((file) => [file.id, file]));
  const unended = (await ports.runs.list(50)).filter(
    (run) => run.id !== ownRunId && ['RUNNING', 'FAILED', 'INTERRUPTED'].includes(run.status),
  );
  // Reading the chain of publications takes time when there are hundreds, so it is read only when something is left to settle.
  if (open.size === 0 && !unended.some((run) => run.status === 'RUNNING')) return;
  const published = await publishedRuns(ports.catalog, await ports.catalog.pointer());
  await archivePublished(ports, published, open);
  for (const run of unended) {
    const ended = published.has(run.id) || (await new RunState(ports.lake, run.id).published()) !== null;
    if (ended) await close(ports, run, null, published.has(run.id));
    else if (run.status === 'RUNNING') await close(ports, run, interrupted, false);
  }
}

const interrupted: RunError = {
  name: 'InterruptedError',
  message: 'The run ended without closing; its files were taken up again.',
};

async function close(ports: PipelinePorts, run: RunRecord, error: RunError | null, switched: boolean): Promise<void> {
  const { id: runId, asOf, fencingToken, stages } = run;
  const ticket = { runId, asOf, fencingToken, rebuild: false, engine: 'auto' as const };
  await recordClosing(ports, { run: ticket, error, stages, publication: switched ? runId : null, switched });
}

/**
 * Runs that ended between publishing and archiving: their files are in the lake, so only their archiving is made good. A file's record
 * names who collected it last; a run that had lost its lease may have published it all the same, so every publication is asked.
 */
async function archivePublished(
  ports: PipelinePorts,
  published: ReadonlySet<string>,
  open: ReadonlyMap<string, FileRecord>,
): Promise<void> {
  const collectors = [...open.values()].map((file) => file.runId).filter((runId) => runId !== null);
  if (open.size === 0) return;
  for (const runId of new Set([...published, ...collectors])) {
    const state = new RunState(ports.lake, runId);
    // A run whose files changed no table publishes nothing, and has this outcome all the same.
    if (!published.has(runId) && (await state.published()) === null) continue;
    const plan = await state.plan();
    if (plan === null && collectors.includes(runId)) {
      throw new CorruptStateError(`The plan of the published run ${runId} is missing.`);
    }
    if (plan === null || !plan.batches.flat().some((id) => open.has(id))) continue;
    await archiveOutcomes(ports, runId, await state.allCollected(plan));
  }
}
