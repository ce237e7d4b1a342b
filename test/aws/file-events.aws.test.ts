import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AwsSite, awsSite } from './aws-pipeline.ts';
import { announce, invoke, startedExecutions } from './deployed-functions.ts';

let site: AwsSite;

beforeAll(async () => {
  site = await awsSite(null);
});
afterAll(async () => {
  await site.dispose();
});

it('a storm of 305 files, told of twice and out of order, starts one run', async () => {
  const keys = Array.from({ length: 305 }, (_, index) => `landing/sales/sales_data_${index}.csv`);
  for (let from = 0; from < keys.length; from += 61) {
    await Promise.all(keys.slice(from, from + 61).map((key) => site.drop(key, key)));
  }
  const told = await Promise.all([announce(keys.toReversed()), announce(keys.slice(250))]);
  expect(told.flat()).toEqual([]);
  expect(await startedExecutions(site.stateMachineArn)).toEqual({
    'after-none': { asOf: null, rebuild: false, reconcile: false, resume: null },
  });
  const aws = await site.open();
  expect(await aws.ports.files.withStatus(['RECEIVED'])).toHaveLength(305);
  await aws.close();
});

it('a message that is no file event comes back alone', async () => {
  await site.drop('landing/sales/good.csv', 'x');
  const body = JSON.stringify({ detail: { object: { key: 'landing/sales/good.csv' } } });
  const Records = [
    { messageId: 'bad', body: 'hello' },
    { messageId: 'good', body },
  ];
  expect(await invoke('intake', { Records })).toEqual({ batchItemFailures: [{ itemIdentifier: 'bad' }] });
});
