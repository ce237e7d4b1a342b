import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { copyHome } from './drops.ts';
import type { HomeOptions } from './fault-home.ts';
import { firstStage, type Stage } from './stage.ts';

export interface SuiteStage {
  /** Made once for the test file. */
  readonly stage: () => Stage;
  /** Where a home of that name is, or would be. */
  readonly pathOf: (name: string) => string;
  /** A copy of the stage's home. */
  readonly freshHome: (name: string) => Promise<string>;
}

/** The first stage for the tests of one file, and a folder for their homes that goes away with them. */
export function suiteStage(options: HomeOptions = {}): SuiteStage {
  let folder = '';
  let made: Stage | undefined;
  const stage = (): Stage => {
    if (made === undefined) throw new Error('The stage is made before the first test.');
    return made;
  };
  const pathOf = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await temporaryFolder();
    made = await firstStage(folder, options);
  });
  afterAll(() => removeFolder(folder));
  return {
    stage,
    pathOf,
    freshHome: async (name) => {
      await copyHome(stage().template, pathOf(name));
      return pathOf(name);
    },
  };
}
