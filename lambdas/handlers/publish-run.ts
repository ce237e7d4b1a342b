import { tasks } from '../pipeline/tasks.ts';
import { headlineFigures } from '../steps/headline-figures.ts';
import { openAws } from '../wiring/aws.ts';
import { readAwsSettings } from '../wiring/config.ts';
import { observed } from './observed.ts';

/** Publishes the run, and measures what readers see then. */
export const handler = observed('publish-run', async (event, signal) => {
  const { ports, close } = await openAws(readAwsSettings());
  try {
    const published = await tasks['publish-run'].run(ports, event, signal);
    return { ...published, ...(await headlineFigures(ports, signal)) };
  } finally {
    await close();
  }
});
