import { totalCost } from '../domain/cost/cost-lines.ts';
import { runCostLines } from '../domain/cost/run-cost.ts';
import type { CheckResult } from '../domain/outcomes.ts';
import type { RunTicket } from '../domain/plan.ts';
import type { RunError, RunRecord, RunStatus, StageRecord } from '../domain/run-record.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import type { ClosedRun } from './closed-run.ts';
import { RunState } from './run-state.ts';
import { extractWarnings } from './extract-warnings.ts';
import { warningsOf } from './run-warnings.ts';
import { writeOps } from './write-ops.ts';

export interface CloseRunInput {
  readonly run: RunTicket;
  /** What stopped the run: error name and message; null after a good run. */
  readonly error: RunError | null;
  readonly stages: readonly StageRecord[];
  readonly publication: string | null;
  readonly switched: boolean;
}

/** Writes the run's record and its rows of the ops tables; closing a run again replaces what was written before. */
export async function recordClosing(ports: PipelinePorts, input: CloseRunInput): Promise<ClosedRun> {
  const closed = await gather(ports, input);
  const before = await ports.runs.get(closed.record.id);
  // Published, and then too late: the run that took over has recorded what became of this one.
  if (before !== null && endedWell.includes(before.status) && input.error !== null)
    return { ...closed, record: before };
  ports.crash('close-run:before-ops');
  await writeOps(ports, closed);
  ports.crash('close-run:ops-written');
  const stored = await ports.runs.get(closed.record.id);
  // Whoever took the run over has the greater token, and the last word.
  if ((stored?.fencingToken ?? 0) <= closed.record.fencingToken) await ports.runs.save(closed.record);
  return closed;
}

const endedWell: readonly RunStatus[] = ['PUBLISHED', 'UNCHANGED'];

async function gather(ports: PipelinePorts, input: CloseRunInput): Promise<ClosedRun> {
  const { run } = input;
  const state = new RunState(ports.lake, run.runId);
  const plan = await state.plan();
  const files = await ports.files.get([...(plan?.batches.flat() ?? []), ...(plan?.vanished ?? [])]);
  const extracts = (await Promise.all((plan?.objects ?? []).map((object) => state.extracted(object)))).filter(
    (extract) => extract !== null,
  );
  const checks: CheckResult[] = [];
  for (const layer of ['silver', 'gold']) checks.push(...((await state.checked(layer))?.results ?? []));
  const finishedAt = ports.now().toISOString();
  const record: RunRecord = {
    id: run.runId,
    status: statusOf(input),
    asOf: run.asOf,
    engine: (await state.usedAthena()) ? 'athena' : 'duckdb',
    startedAt: plan?.startedAt ?? finishedAt,
    finishedAt,
    fencingToken: run.fencingToken,
    error: input.error,
    stages: input.stages,
    warnings: [...extractWarnings(extracts), ...warningsOf(files, checks)],
    costUsd: await costOfRun(ports, input, { files: files.length, objects: extracts.length }),
  };
  const publication = input.publication ?? (await ports.catalog.pointer()).current;
  return { record, publication, files, extracts, checks };
}

async function costOfRun(
  ports: PipelinePorts,
  { run, stages, switched }: CloseRunInput,
  collected: { files: number; objects: number },
): Promise<number> {
  // What failed published nothing: what it wrote is not known here, and costs a fraction of its seconds.
  const tables = switched ? (await ports.catalog.load(run.runId)).tables : [];
  const own = tables.flatMap(({ slices }) => slices).filter((slice) => slice.runId === run.runId);
  const work = {
    ...collected,
    seconds: stages.reduce((total, stage) => total + stage.seconds, 0),
    tables: ports.configuration.models.length,
    dataFiles: own.reduce((total, slice) => total + slice.files.length, 0),
    bytesScanned: stages.reduce((total, stage) => total + (stage.bytesScanned ?? 0), 0),
  };
  return totalCost(runCostLines(work));
}

function statusOf(input: CloseRunInput): RunStatus {
  if (input.error === null) return input.switched ? 'PUBLISHED' : 'UNCHANGED';
  if (input.error.name === 'QualityHaltError') return 'HALTED';
  return input.error.name === 'InterruptedError' ? 'INTERRUPTED' : 'FAILED';
}
