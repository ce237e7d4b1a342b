import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { createApp } from '../api/app.ts';
import { freeTemporaryFolder, openAwsApi } from '../wiring/aws-api.ts';
import { readAwsApiSettings } from '../wiring/config.ts';

let answer: ReturnType<typeof handle> | undefined;

/** The API behind the gateway: opened by the first request, and kept as long as the function is warm. */
export async function handler(event: LambdaEvent, context: LambdaContext): Promise<object> {
  if (answer === undefined) {
    const awsSettings = readAwsApiSettings();
    await freeTemporaryFolder(awsSettings);
    const { ports, settings } = openAwsApi(awsSettings);
    answer = handle(createApp(ports, settings));
  }
  return await answer(event, context);
}
