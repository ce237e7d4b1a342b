import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, expect, test } from 'vitest';
import { StepFunctionsExecutions } from '../../lambdas/adapters/step-functions-executions.ts';
import { TerminalError, TransientError } from '../../lambdas/domain/errors.ts';

interface Answer {
  readonly status: number;
  readonly body: object;
}

const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:headwater-dev';
let server: Server | undefined;
afterEach(() => server?.close());

/** Executions behind a server that gives these answers, one per call, and notes the calls. */
async function against(answers: Answer[]): Promise<{ executions: StepFunctionsExecutions; calls: object[] }> {
  const calls: object[] = [];
  const listening = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const action = String(request.headers['x-amz-target']).split('.')[1];
      calls.push({ action, ...(JSON.parse(Buffer.concat(chunks).toString('utf8')) as object) });
      const { status, body } = answers.shift() ?? { status: 500, body: {} };
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
    });
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  const client = new SFNClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return { executions: new StepFunctionsExecutions(client, machine), calls };
}

const exists = { status: 400, body: { __type: 'ExecutionAlreadyExists', message: 'it does' } };
const started = { status: 200, body: { executionArn: 'arn', startDate: 1_780_000_000 } };
const described = (status: string) => ({
  status: 200,
  body: { executionArn: 'arn', stateMachineArn: machine, status, startDate: 1_780_000_000 },
});

test('starts the execution under its name with its input', async () => {
  const { executions, calls } = await against([started]);
  expect(await executions.start('after-none', { asOf: null })).toBe('STARTED');
  expect(calls).toEqual([
    { action: 'StartExecution', stateMachineArn: machine, name: 'after-none', input: '{"asOf":null}' },
  ]);
});

test.each([
  ['RUNNING', 'STARTED'],
  ['PENDING_REDRIVE', 'STARTED'],
  ['SUCCEEDED', 'ENDED'],
  ['FAILED', 'ENDED'],
  ['ABORTED', 'ENDED'],
])('an execution that exists and is %s counts as %s', async (status, result) => {
  const { executions, calls } = await against([exists, described(status)]);
  expect(await executions.start('after-none', {})).toBe(result);
  expect(calls[1]).toEqual({
    action: 'DescribeExecution',
    executionArn: 'arn:aws:states:us-east-1:000000000000:execution:headwater-dev:after-none',
  });
});

test.each([
  [400, 'ThrottlingException'],
  [400, 'ExpiredTokenException'],
  [500, 'InternalFailure'],
  [503, 'ServiceUnavailable'],
])('%s %s may pass', async (status, type) => {
  const { executions } = await against([{ status, body: { __type: type, message: 'no' } }]);
  await expect(executions.start('after-none', {})).rejects.toThrow(TransientError);
});

test.each(['StateMachineDoesNotExist', 'AccessDeniedException', 'InvalidName'])('%s is final', async (type) => {
  const { executions } = await against([{ status: 400, body: { __type: type, message: 'no' } }]);
  await expect(executions.start('after-none', {})).rejects.toThrow(TerminalError);
});
