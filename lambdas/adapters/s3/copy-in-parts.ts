import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';

/** S3 copies at most this many bytes by one call. */
export const largestSingleCopy = 5 * 1_024 ** 3;

export interface ObjectCopy {
  readonly Bucket: string;
  readonly Key: string;
  readonly CopySource: string;
  readonly CopySourceIfMatch: string;
}

/** Copies an object of any size, `partBytes` at a time; what was copied of a failed one is given up. */
export async function copyInParts(
  client: S3Client,
  copy: ObjectCopy,
  bytes: number,
  partBytes = 1_024 ** 3,
): Promise<void> {
  const { Bucket, Key } = copy;
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  try {
    const parts: { ETag: string | undefined; PartNumber: number }[] = [];
    for (let first = 0; first < bytes; first += partBytes) {
      const last = Math.min(first + partBytes, bytes) - 1;
      const PartNumber = parts.length + 1;
      const range = { CopySourceRange: `bytes=${first}-${last}`, PartNumber, UploadId };
      const { CopyPartResult } = await client.send(new UploadPartCopyCommand({ ...copy, ...range }));
      parts.push({ ETag: CopyPartResult?.ETag, PartNumber });
    }
    await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: parts } }));
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    throw error;
  }
}
