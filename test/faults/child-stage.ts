import { afterEach } from 'vitest';
import { type ChildOptions, ChildRun } from './child-run.ts';
import { type SuiteStage, suiteStage } from './suite-stage.ts';

export interface ChildStage extends SuiteStage {
  /** Starts a run in a process of its own, which does not outlive the test. */
  readonly start: (options: ChildOptions) => ChildRun;
}

/** The first stage for tests of one file whose runs are processes of their own. */
export function childStage(): ChildStage {
  const children: ChildRun[] = [];
  const suite = suiteStage();
  afterEach(async () => {
    for (const child of children.splice(0)) await child.kill();
  });
  return {
    ...suite,
    start: (options) => {
      const child = new ChildRun(options);
      children.push(child);
      return child;
    },
  };
}
