import { join } from 'node:path';
import { FolderCatalog } from '../../lambdas/adapters/folder-catalog.ts';
import type { CrashHook, CrashPoint } from '../../lambdas/domain/crash-points.ts';
import { runLocally } from '../../lambdas/pipeline/run-locally.ts';
import type { PipelinePorts } from '../../lambdas/ports/pipeline-ports.ts';
import { type TestPipeline, testPipeline } from '../support/temporary-home.ts';
import { asOf, copyHome, dropFirst, dropSecond } from './drops.ts';
import { type LakeState, lakeState } from './lake-state.ts';

/** A home with files waiting in landing/, and what a run without faults makes of it. */
export interface Stage {
  /** Copied for each test, never run. */
  readonly template: string;
  readonly expected: LakeState;
  /** How often that run visited each crash point. */
  readonly visits: ReadonlyMap<CrashPoint, number>;
}

/** Everything is new: an empty lake and the first drops. */
export async function firstStage(folder: string): Promise<Stage> {
  const template = join(folder, 'first');
  await dropFirst(template);
  return await faultless(template);
}

/** The lake holds a publication, and more files have come. */
export async function secondStage(folder: string): Promise<Stage> {
  await firstStage(folder);
  const template = join(folder, 'second');
  await copyHome(join(folder, 'first-faultless'), template);
  await dropSecond(template);
  return await faultless(template);
}

/** Runs a copy of the template without faults. */
export async function faultless(template: string): Promise<Stage> {
  const home = `${template}-faultless`;
  await copyHome(template, home);
  return await withPipeline(home, async (pipeline) => {
    const visits = new Map<CrashPoint, number>();
    const ports = withHook(pipeline, (point) => visits.set(point, (visits.get(point) ?? 0) + 1));
    const input = { asOf, rebuild: false, resume: null };
    const { error } = await runLocally(ports, input, new AbortController().signal);
    if (error !== null) throw error;
    return { template, expected: await lakeState(pipeline), visits };
  });
}

/** The pipeline's ports with another crash hook. */
export function withHook({ ports, home }: TestPipeline, crash: CrashHook): PipelinePorts {
  return { ...ports, crash, catalog: new FolderCatalog(join(home, 'lake'), crash) };
}

/** Opens a home as a new process would, with a clock that may be ahead, and closes it after the work. */
export async function withPipeline<T>(
  home: string,
  work: (pipeline: TestPipeline) => Promise<T>,
  minutesAhead = 0,
): Promise<T> {
  const pipeline = await testPipeline(home, null, { now: () => new Date(Date.now() + minutesAhead * 60_000) });
  try {
    return await work(pipeline);
  } finally {
    await pipeline.close();
  }
}
