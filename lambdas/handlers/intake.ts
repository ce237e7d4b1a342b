import { intake } from '../steps/intake.ts';
import { openIntake } from '../wiring/aws-intake.ts';
import { readAwsSettings } from '../wiring/config.ts';
import { droppedFiles } from './dropped-files.ts';
import { observed } from './observed.ts';

/** Messages of the queue become one run. A message that is no file event is refused by itself; any other failure brings all of them again. */
export const handler = observed('intake', async (event) => {
  const { keys, refused } = droppedFiles(event);
  await intake(openIntake(readAwsSettings()), { keys });
  return { batchItemFailures: refused.map((itemIdentifier) => ({ itemIdentifier })) };
});
