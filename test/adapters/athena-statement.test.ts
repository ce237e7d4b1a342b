import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { AthenaClient } from '@aws-sdk/client-athena';
import { afterEach, expect, test } from 'vitest';
import { resolveNames } from '../../lambdas/adapters/athena/resolve-names.ts';
import { runStatement, statementLimit } from '../../lambdas/adapters/athena/run-statement.ts';

let server: Server | undefined;
let calls: { name: string; input: Record<string, unknown> }[] = [];

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  calls = [];
});

/** An Athena whose statement passes through these states, one per look; the last one stays. */
async function athena(states: readonly object[]) {
  let looks = 0;
  server = createServer(async (request, response) => {
    const name = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    calls.push({ name, input: (await json(request)) as Record<string, unknown> });
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    if (name === 'StartQueryExecution') response.end(JSON.stringify({ QueryExecutionId: 'q-1' }));
    else if (name === 'StopQueryExecution') response.end('{}');
    else {
      const state = states[Math.min(looks++, states.length - 1)];
      if (state === busy) response.writeHead(503).end('{"__type":"ServiceUnavailable"}');
      else response.end(JSON.stringify({ QueryExecution: state }));
    }
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const client = new AthenaClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return { client, workgroup: 'pipeline', pollFirst: 1, pollMost: 4 };
}

const busy = { busy: true };
const running = { Status: { State: 'RUNNING' } };

test('a statement is looked at until it ends, and says what it scanned', async () => {
  const site = await athena([
    running,
    running,
    { Status: { State: 'SUCCEEDED' }, Statistics: { DataScannedInBytes: 42 } },
  ]);
  expect(await runStatement(site, 'select 1')).toEqual({ id: 'q-1', bytesScanned: 42 });
  expect(calls.map(({ name }) => name)).toEqual(['StartQueryExecution', ...Array(3).fill('GetQueryExecution')]);
  expect(calls[0]?.input).toMatchObject({ QueryString: 'select 1', WorkGroup: 'pipeline' });
});

test.each([
  ['QueryError', { State: 'FAILED', StateChangeReason: 'line 1:8: no such column' }],
  ['StorageBusyError', { State: 'FAILED', StateChangeReason: 'busy', AthenaError: { Retryable: true } }],
  ['InterruptedError', { State: 'CANCELLED', StateChangeReason: 'by a person' }],
])('a statement that does not succeed is a %s with the reason', async (name, status) => {
  const site = await athena([{ Status: status }]);
  await expect(runStatement(site, 'select x')).rejects.toMatchObject({
    name,
    message: expect.stringContaining(status.StateChangeReason),
  });
});

test('an abort stops the statement in Athena', async () => {
  const site = await athena([running]);
  const abort = new AbortController();
  const end = runStatement(site, 'select 1', abort.signal);
  const refused = expect(end).rejects.toMatchObject({ name: 'InterruptedError' });
  await expect.poll(() => calls.some(({ name }) => name === 'GetQueryExecution')).toBe(true);
  abort.abort();
  await refused;
  expect(calls.at(-1)).toEqual({ name: 'StopQueryExecution', input: { QueryExecutionId: 'q-1' } });
});

test('a statement beyond the limit in bytes is refused before Athena hears of it', async () => {
  const site = await athena([running]);
  const sql = `select '${'é'.repeat(statementLimit / 2)}'`;
  await expect(runStatement(site, sql)).rejects.toMatchObject({ name: 'ResourceExhaustedError' });
  expect(calls).toEqual([]);
});

test.each([1, 3])('a look that fails %i times in a row is taken again', async (times) => {
  const site = await athena([...Array(times).fill(busy), running, { Status: { State: 'SUCCEEDED' } }]);
  expect((await runStatement(site, 'select 1')).id).toBe('q-1');
});

test('a statement whose state cannot be had is stopped', async () => {
  const site = await athena([busy]);
  await expect(runStatement(site, 'select 1')).rejects.toMatchObject({ name: 'StorageBusyError' });
  expect(calls.at(-1)?.name).toBe('StopQueryExecution');
});

test('names in SQL become the SELECTs given, and nothing else does', () => {
  const relations = new Map([['silver.a', 'select 1 as x']] as const);
  expect(
    resolveNames(
      `select 'silver.a', "silver.a", x -- silver.a\nfrom Silver.A as s join silver.b on s.x = 1`,
      relations,
    ),
  ).toBe(
    `with "silver.a" as (select 1 as x)\nselect * from (\nselect 'silver.a', "silver.a", x -- silver.a\nfrom "silver.a" as s join silver.b on s.x = 1\n) as resolved`,
  );
  expect(resolveNames('select 1', relations)).toBe('select 1');
});
