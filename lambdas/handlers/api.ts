import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { createApp } from '../api/app.ts';
import { openAwsApi } from '../wiring/aws-api.ts';
import { readAwsApiSettings } from '../wiring/config.ts';

let answer: ReturnType<typeof handle> | undefined;

/** The API behind the gateway: opened by the first request, and kept as long as the function is warm. */
export async function handler(event: LambdaEvent, context: LambdaContext): Promise<object> {
  if (answer === undefined) {
    const { ports, settings } = openAwsApi(readAwsApiSettings());
    answer = handle(createApp(ports, settings));
  }
  return await answer(event, context);
}
