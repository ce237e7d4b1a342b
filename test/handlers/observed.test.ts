import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LeaseHeldError } from '../../lambdas/domain/errors.ts';
import { observed } from '../../lambdas/handlers/observed.ts';

const context = {
  functionName: 'plan-run',
  functionVersion: '1',
  awsRequestId: 'request-1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:plan-run',
  memoryLimitInMB: '1024',
  getRemainingTimeInMillis: () => 60_000,
} as Context;

let lines: Record<string, unknown>[] = [];
beforeEach(() => {
  lines = [];
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'Headwater');
  // Development mode writes to the console that the test sees; it would leave metrics out.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  for (const method of ['log', 'info', 'error', 'warn'] as const) {
    vi.spyOn(console, method).mockImplementation((text: string) => {
      lines.push(JSON.parse(text) as Record<string, unknown>);
    });
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('an observed handler', () => {
  test('makes a metric of every figure, by stage', async () => {
    const handler = observed('close-run', async () => ({
      runId: 'r',
      status: 'PUBLISHED',
      arrivedMeanwhile: 3,
      seconds: 1.5,
    }));
    await expect(handler({}, context)).resolves.toMatchObject({ arrivedMeanwhile: 3 });
    const metric = lines.find((line) => '_aws' in line);
    expect(metric).toMatchObject({ service: 'close-run', arrivedMeanwhile: 3, seconds: 1.5, statusPUBLISHED: 1 });
    expect(JSON.stringify(metric)).toContain('"Namespace":"Headwater"');
  });

  test('logs the failure with its name and throws it on', async () => {
    const failure = Object.assign(new Error('no lake'), { name: 'StorageBusyError' });
    const handler = observed('plan-run', async () => {
      throw failure;
    });
    await expect(handler({}, context)).rejects.toBe(failure);
    expect(lines.find(({ level }) => level === 'ERROR')).toMatchObject({
      message: 'plan-run failed',
      service: 'plan-run',
      function_request_id: 'request-1',
      error: { name: 'StorageBusyError' },
    });
  });

  test('counts a failure, but not that another run works', async () => {
    const counted = async (error: Error) => {
      const handler = observed('plan-run', async () => {
        throw error;
      });
      await expect(handler({}, context)).rejects.toBe(error);
      return lines.findLast((line) => '_aws' in line);
    };
    expect(await counted(new Error('no lake'))).toMatchObject({ failures: 1 });
    const held = await counted(new LeaseHeldError({ name: 'pipeline', holder: 'run-1', expiresAt: '' }));
    expect(held).toMatchObject({ harmless: 1 });
    expect(held).not.toHaveProperty('failures');
  });

  test('does not log the event', async () => {
    await observed('plan-run', async () => ({}))({ token: 'canary-value' }, context);
    expect(JSON.stringify(lines)).not.toContain('canary-value');
  });

  test('tells the stage before its time is up', async () => {
    const aborted = await observed('plan-run', async (_, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return { aborted: signal.aborted };
    })({}, { ...context, getRemainingTimeInMillis: () => 15_020 });
    expect(aborted).toEqual({ aborted: true });
  });
});
