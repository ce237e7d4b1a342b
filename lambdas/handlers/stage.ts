import { type TaskName, tasks } from '../pipeline/tasks.ts';
import { openAws } from '../wiring/aws.ts';
import { readAwsSettings } from '../wiring/config.ts';
import { type Observed, observed } from './observed.ts';

/** The handler of a stage: each invocation opens the pipeline and gives back what it holds. */
export function stageHandler(name: TaskName): Observed {
  return observed(name, async (event, signal) => {
    const { ports, close } = await openAws(readAwsSettings());
    try {
      return await tasks[name].run(ports, event, signal);
    } finally {
      await close();
    }
  });
}
