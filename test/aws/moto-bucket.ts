import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { motoOptions } from './moto-clients.ts';

/** A bucket of its own for a test. */
export async function freshBucket(
  bucket = `lake-${randomUUID()}`,
): Promise<{ client: S3Client; bucket: string; dispose: () => Promise<void> }> {
  const client = new S3Client({ ...motoOptions(), forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return { client, bucket, dispose: async () => client.destroy() };
}
