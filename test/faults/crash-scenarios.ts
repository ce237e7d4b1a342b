import { type CrashPoint, crashPoints } from '../../lambdas/domain/crash-points.ts';
import { Random } from '../../simulator/random.ts';

/** A process that dies: where, and whether it began a new run or took up the last one. */
export interface Death {
  readonly at: CrashPoint;
  /** Which of its visits is the last one, as a share of all visits of a run. */
  readonly share: number;
  readonly resume: boolean;
}

/** What happens to one home before a run goes well at last. */
export interface Scenario {
  readonly deaths: readonly Death[];
  /** Whether the last run resumes the one that died, where that is possible. */
  readonly resume: boolean;
}

/** One scenario for every point: die there, half of them again at another point while taking up the work, then run to the end. */
export function crashScenarios(points: readonly CrashPoint[], seed: number): Scenario[] {
  const random = new Random(seed, 'crash scenarios');
  const death = (at: CrashPoint, resume: boolean): Death => ({ at, share: random.next(), resume });
  const again = new Set(random.sample(points, Math.ceil(points.length / 2)));
  return points.map((at) => ({
    deaths: again.has(at)
      ? [death(at, false), death(random.pick(crashPoints.filter((other) => other !== at)), random.chance(0.5))]
      : [death(at, false)],
    resume: random.chance(0.5),
  }));
}

/** The points of one sweep: every other one, so that two sweeps together visit all. */
export function everyOther(offset: 0 | 1): CrashPoint[] {
  return crashPoints.filter((_, index) => index % 2 === offset);
}

export function titleOf({ deaths, resume }: Scenario): string {
  const parts = deaths.map((death) => `${death.resume ? 'resumed, ' : ''}killed at ${death.at}`);
  return `${parts.join(', ')}, ${resume ? 'resumed' : 'run anew'}`;
}
