import type { RunRow } from '../../../../lambdas/api/contract/runs.ts';

export type Stage = RunRow['stages'][number];

/** Every stage of the runs in the order of the run that came furthest; stages of other runs follow. */
export function stagesOf(runs: readonly Pick<RunRow, 'stages'>[]): readonly string[] {
  const furthestFirst = runs.toSorted((a, b) => b.stages.length - a.stages.length);
  return [...new Set(furthestFirst.flatMap(({ stages }) => stages.map(({ stage }) => stage)))];
}

const stopped: ReadonlySet<RunRow['status']> = new Set(['HALTED', 'FAILED', 'INTERRUPTED']);

/** The stage that a stopped run did not finish: the first after its last one; null for other runs. */
export function unfinishedStage(run: Pick<RunRow, 'stages' | 'status'>, stages: readonly string[]): string | null {
  if (!stopped.has(run.status)) return null;
  const done = new Set(run.stages.map(({ stage }) => stage));
  const last = stages.findLastIndex((stage) => done.has(stage));
  return stages[last + 1] ?? null;
}
