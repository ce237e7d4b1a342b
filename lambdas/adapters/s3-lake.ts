import { randomUUID } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { ObjectExistsError, ObjectNotFoundError, StorageBusyError } from '../domain/errors.ts';
import { assertSafeKey } from '../domain/object-key.ts';
import type { Lake, ObjectInfo } from '../ports/lake.ts';
import { called, faultOf, serviceError } from './aws/service-error.ts';
import { copyInParts, largestSingleCopy } from './s3/copy-in-parts.ts';

/** From here on an object is uploaded in parts. */
const partBytes = 16 * 1_048_576;
const deletedAtOnce = 1_000;
const createTries = 5;

/**
 * Objects of an S3 bucket. Uploads carry a checksum, which S3 compares and which reading compares again. The version is the ETag: the
 * buckets are encrypted with KMS, where each write has its own.
 */
export class S3Lake implements Lake {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #now: () => Date;

  constructor(client: S3Client, bucket: string, now: () => Date = () => new Date()) {
    this.#client = client;
    this.#bucket = bucket;
    this.#now = now;
  }

  async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    let next: string | undefined;
    do {
      const page = await called(`listing objects below '${prefix}'`, () =>
        this.#client.send(
          // Names with control characters have no place in XML: they come encoded.
          new ListObjectsV2Command({
            Bucket: this.#bucket,
            Prefix: prefix,
            EncodingType: 'url',
            ContinuationToken: next,
          }),
        ),
      );
      for (const object of page.Contents ?? []) {
        const info = infoOf(decodeURIComponent((object.Key ?? '').replaceAll('+', ' ')), {
          bytes: object.Size,
          etag: object.ETag,
          modified: object.LastModified,
        });
        if (!isFolderMarker(info)) yield info;
      }
      next = page.NextContinuationToken;
    } while (next !== undefined);
  }

  async head(key: string): Promise<ObjectInfo | null> {
    return (await this.#head(key))?.info ?? null;
  }

  async *read(key: string, from = 0): AsyncGenerator<Uint8Array> {
    if (!canBeAsked(key)) throw notFound(key);
    try {
      const range = from === 0 ? {} : { Range: `bytes=${from}-` };
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key, ...range }));
      if (Body !== undefined) yield* Body as AsyncIterable<Uint8Array>;
    } catch (error) {
      throw isMissing(error) ? notFound(key, error) : serviceError(error, `reading '${key}'`);
    }
  }

  async write(key: string, body: Uint8Array | string, options: { createOnly?: boolean } = {}): Promise<ObjectInfo> {
    assertSafeKey(key);
    const bytes = Buffer.from(body);
    const etag =
      options.createOnly === true ? await this.#create(key, bytes) : await this.#put(key, bytes, randomUUID(), {});
    return infoOf(key, { bytes: bytes.length, etag, modified: this.#now() });
  }

  /** If both objects exist, the source replaces the target. */
  async move(from: string, to: string): Promise<void> {
    assertSafeKey(to);
    const source = await this.head(from);
    if (source === null) {
      if (from === to || (await this.head(to)) === null) throw notFound(from);
      return;
    }
    if (from === to) return;
    try {
      await this.#copy(source, to);
    } catch (error) {
      // Somebody else has moved it meanwhile, or has not: a look at both tells.
      if (isMissing(error) && (await this.head(to)) !== null) return;
      if (faultOf(error).status === 412) {
        throw new StorageBusyError(`'${from}' was written anew while it was being moved.`, { cause: error });
      }
      throw isMissing(error) ? notFound(from, error) : serviceError(error, `moving '${from}' to '${to}'`);
    }
    await this.#deleteVersion(source);
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) assertSafeKey(key);
    await this.#delete([...new Set(keys)]);
  }

  async #head(key: string): Promise<{ info: ObjectInfo; writeId: string | undefined } | null> {
    if (!canBeAsked(key)) return null;
    try {
      const head = await this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }));
      const info = infoOf(key, { bytes: head.ContentLength, etag: head.ETag, modified: head.LastModified });
      return { info, writeId: head.Metadata?.['write-id'] };
    } catch (error) {
      if (isMissing(error)) return null;
      throw serviceError(error, `looking for '${key}'`);
    }
  }

  async #create(key: string, bytes: Buffer): Promise<string> {
    const writeId = randomUUID();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#put(key, bytes, writeId, { IfNoneMatch: '*' });
      } catch (error) {
        const fault = faultOf(error instanceof StorageBusyError ? error.cause : error);
        // Another writer is at it: S3 asks to try again.
        if (fault.name === 'ConditionalRequestConflict' && attempt < createTries) continue;
        const refused = faultOf((error as Error).cause).status === 412;
        if (!refused) throw error;
        // An earlier try of this very write, whose answer was lost, may be what stands there.
        const standing = await this.#head(key);
        if (standing?.writeId === writeId) return standing.info.version;
        throw new ObjectExistsError(`The object '${key}' exists already.`, { cause: error });
      }
    }
  }

  async #put(key: string, bytes: Buffer, writeId: string, condition: { IfNoneMatch?: string }): Promise<string> {
    const input = { Bucket: this.#bucket, Key: key, Body: bytes, Metadata: { 'write-id': writeId }, ...condition };
    return await called(`writing '${key}'`, async () => {
      const { ETag } =
        bytes.length > partBytes
          ? await new Upload({ client: this.#client, params: input, partSize: partBytes }).done()
          : await this.#client.send(new PutObjectCommand(input));
      return ETag ?? '';
    });
  }

  /** A copy of exactly this version: whoever drops another file under the key meanwhile is noticed. */
  async #copy(source: ObjectInfo, to: string): Promise<void> {
    const copy = {
      Bucket: this.#bucket,
      Key: to,
      CopySource: `${this.#bucket}/${source.key.split('/').map(encodeURIComponent).join('/')}`,
      CopySourceIfMatch: source.version,
    };
    if (source.bytes > largestSingleCopy) await copyInParts(this.#client, copy, source.bytes);
    else await this.#client.send(new CopyObjectCommand(copy));
  }

  /** Removes the object if it is still the one that was seen: what somebody put there meanwhile stays. */
  async #deleteVersion({ key, version }: ObjectInfo): Promise<void> {
    try {
      // By its path: a name with control characters has no place in the XML of a list.
      await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key, IfMatch: version }));
    } catch (error) {
      if (isMissing(error) || faultOf(error).status === 412) return;
      throw serviceError(error, `removing '${key}'`);
    }
  }

  async #delete(keys: readonly string[]): Promise<void> {
    for (let first = 0; first < keys.length; first += deletedAtOnce) {
      const batch = keys.slice(first, first + deletedAtOnce);
      const { Errors: errors = [] } = await called(`removing ${batch.length} objects`, () =>
        this.#client.send(
          new DeleteObjectsCommand({
            Bucket: this.#bucket,
            Delete: { Objects: batch.map((Key) => ({ Key })), Quiet: true },
          }),
        ),
      );
      const [failed] = errors.filter(({ Code }) => Code !== 'NoSuchKey');
      if (failed === undefined) continue;
      const fault = Object.assign(new Error(failed.Message ?? ''), { name: failed.Code ?? 'Unknown' });
      throw serviceError(fault, `removing '${failed.Key}' and ${errors.length - 1} more objects`);
    }
  }
}

function infoOf(
  key: string,
  object: { bytes: number | undefined; etag: string | undefined; modified: Date | undefined },
): ObjectInfo {
  return {
    key,
    bytes: object.bytes ?? 0,
    version: object.etag ?? '',
    modifiedAt: (object.modified ?? new Date(0)).toISOString(),
  };
}

/** What a console makes when somebody creates a "folder". */
function isFolderMarker({ key, bytes }: ObjectInfo): boolean {
  return bytes === 0 && key.endsWith('/');
}

/** An empty key, and one that is no text, cannot be in a bucket. */
function canBeAsked(key: string): boolean {
  return key !== '' && key.isWellFormed();
}

function isMissing(error: unknown): boolean {
  const { name, status } = faultOf(error);
  return name === 'NoSuchKey' || name === 'NotFound' || status === 404;
}

function notFound(key: string, cause?: unknown): ObjectNotFoundError {
  return new ObjectNotFoundError(`There is no object '${key}'.`, { cause });
}
