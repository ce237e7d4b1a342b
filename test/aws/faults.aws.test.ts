import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { DynamoDbFiles } from '../../lambdas/adapters/dynamodb/files.ts';
import { LedgerTable } from '../../lambdas/adapters/dynamodb/ledger-table.ts';
import { S3Lake } from '../../lambdas/adapters/s3-lake.ts';
import { StorageBusyError, TerminalError } from '../../lambdas/domain/errors.ts';
import { textOf } from '../ports/lake-harness.ts';
import { sampleFile } from '../ports/sample-file.ts';
import { freshBucket } from './moto-bucket.ts';
import { motoOptions } from './moto-clients.ts';
import { freshTable } from './moto-table.ts';

/** Fails this command with the given error, as often as told; the SDK does not try again by itself. */
function failing(client: S3Client | DynamoDBClient, command: string, times: number, error: object): void {
  let left = times;
  const send = client.send.bind(client) as (sent: object) => Promise<unknown>;
  client.send = (async (sent: object) => {
    if (sent.constructor.name === command && left-- > 0) throw Object.assign(new Error('injected'), error);
    return await send(sent);
  }) as typeof client.send;
}

describe('a file that is dropped while its predecessor is archived', () => {
  it('stays where it was dropped', async () => {
    const { client, bucket, dispose } = await freshBucket();
    const lake = new S3Lake(client, bucket);
    await lake.write('landing/a.csv', 'first');
    let condition: string | undefined;
    client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === 'DeleteObjectCommand') {
          condition = (args.request as { headers: Record<string, string> }).headers['if-match'];
        }
        return await next(args);
      },
      { step: 'finalizeRequest' },
    );
    const { version } = (await lake.head('landing/a.csv')) ?? {};
    await lake.move('landing/a.csv', 'archive/a.csv');
    expect(await textOf(lake, 'archive/a.csv')).toBe('first');
    // moto deletes whatever stands there; S3 refuses when it is another version.
    expect(condition).toBe(version);
    await dispose();
  });

  it('is not archived in its place', async () => {
    const { client, bucket, dispose } = await freshBucket();
    const lake = new S3Lake(client, bucket);
    await lake.write('landing/a.csv', 'first');
    // moto copies whatever stands there, so that the refusal of S3 is played.
    failing(client, 'CopyObjectCommand', 1, { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    await expect(lake.move('landing/a.csv', 'archive/a.csv')).rejects.toThrow(StorageBusyError);
    expect(await lake.head('landing/a.csv')).not.toBeNull();
    expect(await lake.head('archive/a.csv')).toBeNull();
    await dispose();
  });
});

describe('the ledger', () => {
  const cancelled = (Code: string) => ({ name: 'TransactionCanceledException', CancellationReasons: [{ Code }] });

  it.each(['ThrottlingError', 'ProvisionedThroughputExceeded', 'TransactionConflict'])(
    'tries a transaction again after %s',
    async (reason) => {
      const { name, dispose } = await freshTable();
      const client = new DynamoDBClient(motoOptions());
      failing(client, 'TransactWriteItemsCommand', 2, cancelled(reason));
      const files = new DynamoDbFiles(new LedgerTable(client, name));
      expect(await files.register([sampleFile('f-1')])).toBe(1);
      client.destroy();
      await dispose();
    },
  );

  it('says that it is busy when it is throttled all the time', async () => {
    const { name, dispose } = await freshTable();
    const client = new DynamoDBClient(motoOptions());
    failing(client, 'TransactWriteItemsCommand', 100, cancelled('ThrottlingError'));
    const files = new DynamoDbFiles(new LedgerTable(client, name));
    await expect(files.register([sampleFile('f-1')])).rejects.toThrow(StorageBusyError);
    client.destroy();
    await dispose();
  });
});

describe('faults of a service', () => {
  const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };

  it.each([
    [{ name: 'SlowDown', $metadata: { httpStatusCode: 503 } }, StorageBusyError],
    [{ name: 'InternalError', $metadata: { httpStatusCode: 500 } }, StorageBusyError],
    [{ name: 'ExpiredToken', $metadata: { httpStatusCode: 400 } }, StorageBusyError],
    [{ name: 'CredentialsProviderError' }, StorageBusyError],
    [{ name: 'Error', code: 'ECONNRESET' }, StorageBusyError],
    [denied, TerminalError],
  ])('%j is told as what it is', async (fault, expected) => {
    const { client, bucket, dispose } = await freshBucket();
    failing(client, 'PutObjectCommand', 100, fault);
    const writing = new S3Lake(client, bucket).write('gold/a', 'x');
    await expect(writing).rejects.toThrow(expected);
    if (expected === TerminalError) await expect(writing).rejects.not.toThrow(StorageBusyError);
    await dispose();
  });

  it('tries a create-only write again that met another one', async () => {
    const { client, bucket, dispose } = await freshBucket();
    failing(client, 'PutObjectCommand', 2, { name: 'ConditionalRequestConflict', $metadata: { httpStatusCode: 409 } });
    const lake = new S3Lake(client, bucket);
    await lake.write('catalog/a.json', 'x', { createOnly: true });
    expect(await textOf(lake, 'catalog/a.json')).toBe('x');
    await dispose();
  });
});
