import { createReadStream } from 'node:fs';
import type { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { called } from '../aws/service-error.ts';

const partBytes = 16 * 1_048_576;
const partsAtOnce = 4;

/** Sends a local file to a bucket, a large one in parts; the object is there whole or not at all. */
export async function uploadFile(client: S3Client, bucket: string, path: string, key: string): Promise<void> {
  await called(`writing '${key}'`, async () => {
    const params = { Bucket: bucket, Key: key, Body: createReadStream(path) };
    await new Upload({ client, params, partSize: partBytes, queueSize: partsAtOnce }).done();
  });
}
