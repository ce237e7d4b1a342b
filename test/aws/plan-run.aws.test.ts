import { afterAll, beforeAll, expect, it } from 'vitest';
import { LeaseHeldError, LeaseLostError } from '../../lambdas/domain/errors.ts';
import type { RunTicket } from '../../lambdas/domain/plan.ts';
import { type AwsSite, awsSite } from './aws-pipeline.ts';
import { invoke } from './deployed-functions.ts';

let site: AwsSite;

beforeAll(async () => {
  site = await awsSite(null);
});
afterAll(async () => {
  await site.dispose();
});

async function plan(execution: string, resume: string | null = null): Promise<RunTicket> {
  const request = { asOf: '2025-06-30', rebuild: false, resume };
  return ((await invoke('plan-run', { request, execution })) as unknown as { run: RunTicket }).run;
}

it('plans anew for its own execution, which asks again after an answer got lost', async () => {
  const first = await plan('after-none');
  const again = await plan('after-none');
  expect(again.fencingToken).toBe(first.fencingToken + 1);
  await expect(invoke('publish-run', { run: first })).rejects.toThrow(LeaseLostError);
  await expect(plan('by-hand-1')).rejects.toThrow(LeaseHeldError);
});

it('does not take a run from the execution that works on it', async () => {
  const { runId } = await plan('after-none');
  await expect(plan('by-hand-1', runId)).rejects.toThrow(LeaseHeldError);
});
