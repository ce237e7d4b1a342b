import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { S3Lake } from '../../lambdas/adapters/s3-lake.ts';
import { describeLakeContract } from '../ports/lake.contract.ts';
import { motoOptions } from './moto-clients.ts';

describeLakeContract('S3Lake', async () => {
  const client = new S3Client({ ...motoOptions(), forcePathStyle: true });
  const bucket = `lake-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
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
    dispose: async () => client.destroy(),
  };
});
