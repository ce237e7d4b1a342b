import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { type ChildOptions, ChildRun } from './child-run.ts';
import { copyHome } from './drops.ts';
import { firstStage, type Stage } from './stage.ts';

export interface ChildStage {
  /** Made once for the test file. */
  readonly stage: () => Stage;
  /** A copy of its home. */
  readonly freshHome: (name: string) => Promise<string>;
  /** Starts a run in a process of its own, which does not outlive the test. */
  readonly start: (options: ChildOptions) => ChildRun;
}

/** The first stage for tests of one file whose runs are processes of their own. */
export function childStage(): ChildStage {
  let folder = '';
  let stage: Stage | undefined;
  const children: ChildRun[] = [];
  const made = (): Stage => {
    if (stage === undefined) throw new Error('The stage is made before the first test.');
    return stage;
  };
  beforeAll(async () => {
    folder = await temporaryFolder();
    stage = await firstStage(folder);
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await child.kill();
  });
  afterAll(() => removeFolder(folder));
  return {
    stage: made,
    freshHome: async (name) => {
      const home = join(folder, name);
      await copyHome(made().template, home);
      return home;
    },
    start: (options) => {
      const child = new ChildRun(options);
      children.push(child);
      return child;
    },
  };
}
