import { randomUUID } from 'node:crypto';
import { DescribeExecutionCommand, paginateListExecutions, SFNClient } from '@aws-sdk/client-sfn';
import type { Context } from 'aws-lambda';
import type { Role } from '../../lambdas/api/contract/health.ts';
import type { Observed } from '../../lambdas/handlers/observed.ts';
import type { Json } from '../../lambdas/pipeline/follow-execution.ts';
import { executeMachine, type LocalExecution } from '../../lambdas/pipeline/run-locally.ts';
import type { PlanRunInput } from '../../lambdas/steps/plan-run.ts';
import { gatewayRequest } from '../support/gateway-request.ts';
import { motoOptions } from './moto-clients.ts';
import { asFunction } from './service-calls.ts';

const queueBatch = 100;

/** Calls a function's handler as Lambda does: the event as JSON, an hour before its time is up. */
export async function invoke(name: string, event: unknown): Promise<Json> {
  const { handler } = (await import(`../../lambdas/handlers/${name}.ts`)) as { handler: Observed };
  const context = {
    functionName: name,
    functionVersion: '1',
    awsRequestId: randomUUID(),
    invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
    memoryLimitInMB: '1024',
    getRemainingTimeInMillis: () => 3_600_000,
  } as Context;
  const work = async () => await handler(JSON.parse(JSON.stringify(event)), context);
  return JSON.parse(JSON.stringify(await asFunction(name, work))) as Json;
}

/** Asks the API's function as the gateway does, for a login of this group. Returns the status of the answer. */
export async function ask(path: string, group: Role): Promise<number> {
  const claims = { sub: 'someone', 'cognito:groups': `[${group}]` };
  const answer = await invoke('api', gatewayRequest(path, claims));
  return (answer as unknown as { statusCode: number }).statusCode;
}

/** Runs the state machine's file, each of its tasks being a call of the function's handler. */
export async function executeDeployed(input: PlanRunInput): Promise<LocalExecution> {
  return await executeMachine(invoke, input, undefined, randomUUID());
}

/** Tells `intake` of dropped files, in the batches in which SQS hands over what EventBridge says of S3. Returns refused messages. */
export async function announce(keys: readonly string[]): Promise<string[]> {
  const refused: string[] = [];
  for (let from = 0; from < keys.length; from += queueBatch) {
    const Records = keys.slice(from, from + queueBatch).map((key) => ({
      messageId: randomUUID(),
      receiptHandle: randomUUID(),
      body: JSON.stringify(objectCreated(key)),
      attributes: { ApproximateReceiveCount: '1' },
      eventSource: 'aws:sqs',
      awsRegion: 'us-east-1',
    }));
    const { batchItemFailures } = (await invoke('intake', { Records })) as unknown as {
      batchItemFailures: { itemIdentifier: string }[];
    };
    refused.push(...batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  }
  return refused;
}

/** What S3 tells EventBridge (docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html). */
function objectCreated(key: string): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '123456789012',
    time: '2025-06-30T12:00:00Z',
    region: 'us-east-1',
    resources: ['arn:aws:s3:::raw'],
    detail: {
      version: '0',
      bucket: { name: 'raw' },
      object: { key, size: 1, etag: '0', sequencer: randomUUID() },
      reason: 'PutObject',
    },
  };
}

/** Executions that were started of the state machine: name -> input. */
export async function startedExecutions(stateMachineArn: string): Promise<Record<string, PlanRunInput>> {
  const client = new SFNClient(motoOptions());
  const started: Record<string, PlanRunInput> = {};
  for await (const { executions = [] } of paginateListExecutions({ client }, { stateMachineArn })) {
    for (const { name = '', executionArn } of executions) {
      const { input = '' } = await client.send(new DescribeExecutionCommand({ executionArn }));
      started[name] = JSON.parse(input) as PlanRunInput;
    }
  }
  return started;
}
