import { afterEach } from 'vitest';
import { type RunningOrg, runOrg } from './running-org.ts';

/** Starts an org for a test of this file, which ends with the test. */
export function orgPerTest(): (...given: Parameters<typeof runOrg>) => Promise<RunningOrg> {
  let running: RunningOrg | undefined;
  afterEach(async () => {
    await running?.close();
    running = undefined;
  });
  return async (...given) => {
    running = await runOrg(...given);
    return running;
  };
}
