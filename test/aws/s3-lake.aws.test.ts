import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { copyInParts } from '../../lambdas/adapters/s3/copy-in-parts.ts';
import { S3Lake } from '../../lambdas/adapters/s3-lake.ts';
import { ObjectExistsError } from '../../lambdas/domain/errors.ts';
import { describeLakeContract } from '../ports/lake.contract.ts';
import { bytesOf, textOf } from '../ports/lake-harness.ts';
import { freshBucket } from './moto-bucket.ts';

describeLakeContract('S3Lake', async () => {
  const { client, bucket, dispose } = await freshBucket();
  return {
    lake: new S3Lake(client, bucket),
    versionsFollowContent: true,
    plant: async (key, body) => {
      if (key === '' || !key.isWellFormed()) return false;
      return await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body })).then(
        () => true,
        () => false,
      );
    },
    dispose,
  };
});

it('uploads a large object in parts', async () => {
  const { client, bucket, dispose } = await freshBucket();
  const lake = new S3Lake(client, bucket);
  const body = Buffer.alloc(40_000_000, 'large');
  await lake.write('gold/large.bin', body, { createOnly: true });
  expect((await bytesOf(lake, 'gold/large.bin')).equals(body)).toBe(true);
  await dispose();
});

it('copies a large object in parts', async () => {
  const { client, bucket, dispose } = await freshBucket();
  const lake = new S3Lake(client, bucket);
  const body = Buffer.alloc(12_000_001, 'large');
  const { version } = await lake.write('landing/a b.bin', body);
  const copy = {
    Bucket: bucket,
    Key: 'archive/a',
    CopySource: `${bucket}/landing/a%20b.bin`,
    CopySourceIfMatch: version,
  };
  await copyInParts(client, copy, body.length, 5 * 1_048_576);
  expect((await bytesOf(lake, 'archive/a')).equals(body)).toBe(true);
  await dispose();
});

it('knows its own write whose answer was lost', async () => {
  const { client, bucket, dispose } = await freshBucket();
  let losses = 1;
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      if (losses-- > 0) throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
      return answer;
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  const lake = new S3Lake(client, bucket);
  await lake.write('catalog/a.json', 'mine', { createOnly: true });
  expect(await textOf(lake, 'catalog/a.json')).toBe('mine');
  await expect(lake.write('catalog/a.json', 'other', { createOnly: true })).rejects.toThrow(ObjectExistsError);
  await dispose();
});
