import { tasks } from '../pipeline/tasks.ts';
import { startRun } from '../steps/start-run.ts';
import { openAws } from '../wiring/aws.ts';
import { openExecutions } from '../wiring/aws-intake.ts';
import { readAwsSettings } from '../wiring/config.ts';
import { observed } from './observed.ts';

/** Closes the run, and starts the next one for files that no run has looked at. */
export const handler = observed('close-run', async (event, signal) => {
  const settings = readAwsSettings();
  const { ports, close } = await openAws(settings);
  try {
    const closed = await tasks['close-run'].run(ports, event, signal);
    if (Number(closed.arrivedMeanwhile) > 0) await startRun({ ...ports, executions: openExecutions(settings) });
    return closed;
  } finally {
    await close();
  }
});
