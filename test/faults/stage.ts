import { join } from 'node:path';
import { FolderCatalog } from '../../lambdas/adapters/folder-catalog.ts';
import type { CrashPoint } from '../../lambdas/domain/crash-points.ts';
import { asOf, copyHome, dropFirst, dropSecond } from './drops.ts';
import { type FaultHome, type HomeOptions, withHome } from './fault-home.ts';
import { type LakeState, lakeState } from './lake-state.ts';

/** A home with files waiting in landing/, and what a run without faults makes of it. */
export interface Stage {
  /** Copied for each test, never run. */
  readonly template: string;
  readonly expected: LakeState;
  /** How its homes are opened. */
  readonly options: HomeOptions;
  /** How often that run visited each crash point. */
  readonly visits: ReadonlyMap<CrashPoint, number>;
}

/** Everything is new: an empty lake and the first drops. */
export async function firstStage(folder: string, options: HomeOptions = {}): Promise<Stage> {
  const template = join(folder, 'first');
  await dropFirst(template);
  return await faultless(template, options);
}

/** The lake holds a publication, and more files have come. `meanwhile` happens before the second run. */
export async function secondStage(
  folder: string,
  options: HomeOptions = {},
  meanwhile: () => Promise<void> = async () => {},
): Promise<Stage> {
  const first = await firstStage(folder, options);
  await meanwhile();
  return await stageAfter(first, join(folder, 'second'), dropSecond);
}

/** What was expected of the stage before has happened, and other files wait. */
export async function stageAfter(
  { template: before, options }: Stage,
  template: string,
  drop: (home: string) => Promise<void>,
): Promise<Stage> {
  await copyHome(faultlessHome(before), template);
  await drop(template);
  return await faultless(template, options);
}

function faultlessHome(template: string): string {
  return `${template}-faultless`;
}

/** Runs a copy of the template without faults. */
async function faultless(template: string, options: HomeOptions): Promise<Stage> {
  const home = faultlessHome(template);
  await copyHome(template, home);
  const run = async (opened: FaultHome) => {
    const visits = await countVisits(opened);
    return { template, expected: await lakeState(opened), visits, options };
  };
  return await withHome(home, run, options);
}

async function countVisits(home: FaultHome): Promise<Map<CrashPoint, number>> {
  const visits = new Map<CrashPoint, number>();
  const crash = (point: CrashPoint) => visits.set(point, (visits.get(point) ?? 0) + 1);
  await home.run({ asOf }, { crash, catalog: new FolderCatalog(join(home.home, 'lake'), crash) });
  return visits;
}
