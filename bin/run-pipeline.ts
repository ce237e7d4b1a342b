import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileRecord } from '../lambdas/domain/file-record.ts';
import type { RunRecord } from '../lambdas/domain/run-record.ts';
import { runLocally } from '../lambdas/pipeline/run-locally.ts';
import type { StageEvent } from '../lambdas/pipeline/follow-execution.ts';
import type { PlanRunInput } from '../lambdas/steps/plan-run.ts';
import { RunState } from '../lambdas/steps/run-state.ts';
import type { LocalPipeline } from '../lambdas/wiring/local.ts';

/** A finished run with all that its report shows. */
export interface FinishedRun {
  readonly record: RunRecord;
  readonly files: readonly FileRecord[];
  readonly publication: string | null;
  /** Files that arrived while it worked. */
  readonly arrivedMeanwhile: number;
  /** What failed it; null after a good run. */
  readonly error: Error | null;
}

/** Runs follow each other while files keep arriving, but not for ever: a producer that never pauses must not keep a shell. */
const mostRuns = 10;

/** Executes runs until nothing is left to collect, and writes `runs/<id>.json` for each. Throws what kept the first run from beginning. */
export async function runPipeline(
  pipeline: LocalPipeline,
  input: PlanRunInput,
  signal: AbortSignal,
  watch: (event: StageEvent) => void,
): Promise<FinishedRun> {
  let next = input;
  for (let count = 1; ; count += 1) {
    const finished = await runOnce(pipeline, next, signal, watch);
    if (finished.error !== null || finished.arrivedMeanwhile === 0 || count === mostRuns) return finished;
    next = { asOf: input.asOf, rebuild: false, engine: input.engine, resume: null };
  }
}

async function runOnce(
  pipeline: LocalPipeline,
  input: PlanRunInput,
  signal: AbortSignal,
  watch: (event: StageEvent) => void,
): Promise<FinishedRun> {
  const { ports } = pipeline;
  const { output, error, runId } = await runLocally(ports, input, signal, watch);
  const record = runId === null ? null : await ports.runs.get(runId);
  if (record === null) throw error ?? new Error('The run left no record.');
  const plan = await new RunState(ports.lake, record.id).plan();
  const files = await ports.files.get(plan?.batches.flat() ?? []);
  const finished: FinishedRun = {
    record,
    files,
    publication: (await ports.catalog.pointer()).current,
    arrivedMeanwhile: arrivals(output),
    error,
  };
  await writeRunFile(pipeline.home, finished);
  return finished;
}

function arrivals(output: unknown): number {
  const closed = (output as { closed?: { arrivedMeanwhile?: number } } | null)?.closed;
  return closed?.arrivedMeanwhile ?? 0;
}

/** The run record as JSON, for scripts: `--json` prints the same. */
export function runJson({ record, files, publication }: FinishedRun): object {
  const count = (verdict: FileRecord['verdict']) => files.filter((file) => file.verdict === verdict).length;
  return {
    ...record,
    publication,
    files: { accepted: count('accepted'), rejected: count('rejected'), duplicates: count('duplicate') },
  };
}

async function writeRunFile(home: string, finished: FinishedRun): Promise<void> {
  await mkdir(join(home, 'runs'), { recursive: true });
  await writeFile(join(home, 'runs', `${finished.record.id}.json`), `${JSON.stringify(runJson(finished), null, 2)}\n`);
}
