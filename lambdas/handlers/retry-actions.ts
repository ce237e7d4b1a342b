import { retryActions } from '../steps/retry-actions.ts';
import { openAwsApi } from '../wiring/aws-api.ts';
import { readAwsApiSettings } from '../wiring/config.ts';
import { observed } from './observed.ts';

/** Called by a schedule: actions that Salesforce has not confirmed are tried again. */
export const handler = observed('retry-actions', async () => {
  const { ports } = openAwsApi(readAwsApiSettings());
  return await retryActions(ports, `retry-actions-${ports.newId()}`);
});
