import { randomUUID } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { CrashHook } from '../domain/crash-points.ts';
import { parsedDocument, switchConflict } from '../domain/catalog-documents.ts';
import { currentLines, parsePointer } from '../domain/current-lines.ts';
import { CorruptStateError, ObjectExistsError, ObjectNotFoundError, StorageBusyError } from '../domain/errors.ts';
import type { CatalogPointer, Publication } from '../domain/publication.ts';
import { publicationSchema } from '../domain/publication-schema.ts';
import type { Catalog } from '../ports/catalog.ts';
import type { Lake } from '../ports/lake.ts';
import { faultOf, serviceError } from './aws/service-error.ts';

const folder = 'catalog/publications/';
const currentKey = 'catalog/current/current.jsonl';
const switchTries = 5;

interface Standing {
  readonly pointer: CatalogPointer;
  /** Null before the first publication. */
  readonly etag: string | null;
  readonly writeId: string | undefined;
}

/**
 * Publications as objects of the processed bucket. The switch is one conditional write of `catalog/current/current.jsonl`, the object that
 * Athena's views read, too: whoever looks at anything else than the version about to be replaced is refused.
 */
export class S3Catalog implements Catalog {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #lake: Lake;
  readonly #crash: CrashHook;

  /** `lake` is the same bucket. */
  constructor(client: S3Client, bucket: string, lake: Lake, crash: CrashHook) {
    this.#client = client;
    this.#bucket = bucket;
    this.#lake = lake;
    this.#crash = crash;
  }

  async pointer(): Promise<CatalogPointer> {
    return (await this.#standing()).pointer;
  }

  async load(id: string): Promise<Publication> {
    const key = manifestKey(id);
    const text = await this.#text(key, `There is no publication '${id}' (looked for ${key}).`);
    const publication = parsedDocument(key, () => publicationSchema.parse(JSON.parse(text)));
    if (publication.id !== id) throw new CorruptStateError(`${key} holds the publication '${publication.id}'.`);
    return publication;
  }

  async list(): Promise<string[]> {
    const ids: string[] = [];
    for await (const { key } of this.#lake.list(folder)) {
      if (key.endsWith('.json')) ids.push(key.slice(folder.length, -'.json'.length));
    }
    return ids.sort();
  }

  async store(publication: Publication): Promise<void> {
    const key = manifestKey(publication.id);
    try {
      await this.#lake.write(key, `${JSON.stringify(publication)}\n`, { createOnly: true });
    } catch (error) {
      if (!(error instanceof ObjectExistsError)) throw error;
      const stored = await this.load(publication.id);
      if (stored.contentHash !== publication.contentHash) {
        throw new ObjectExistsError(`A publication '${publication.id}' with other content exists already: ${key}.`);
      }
    }
  }

  async switchTo(id: string, expected: CatalogPointer, options: { rollback?: boolean } = {}): Promise<CatalogPointer> {
    const publication = await this.load(id);
    const writeId = randomUUID();
    for (let attempt = 1; attempt <= switchTries; attempt += 1) {
      const { pointer, etag, writeId: lastWrite } = await this.#standing();
      // The answer to an earlier try was lost, its write was not.
      if (lastWrite === writeId) return pointer;
      if (pointer.generation !== expected.generation) throw switchConflict(expected, pointer);
      const generation = expected.generation + 1;
      const newest = options.rollback === true ? (pointer.newest ?? id) : id;
      this.#crash('catalog:before-switch');
      if (await this.#replace(currentLines(publication, newest, generation), etag, writeId)) {
        this.#crash('catalog:switched');
        return { generation, current: id, newest };
      }
    }
    throw new StorageBusyError('The catalog is being switched by others all the time.');
  }

  async forget(ids: readonly string[]): Promise<void> {
    const { current, newest } = await this.pointer();
    await this.#lake.remove(ids.filter((id) => id !== current && id !== newest).map(manifestKey));
  }

  async #standing(): Promise<Standing> {
    try {
      const input = { Bucket: this.#bucket, Key: currentKey };
      const { Body, ETag, Metadata } = await this.#client.send(new GetObjectCommand(input));
      const text = (await Body?.transformToString()) ?? '';
      const pointer = parsedDocument(currentKey, () => parsePointer(text));
      return { pointer, etag: ETag ?? null, writeId: Metadata?.['write-id'] };
    } catch (error) {
      if (error instanceof CorruptStateError) throw error;
      if (faultOf(error).status !== 404) throw serviceError(error, `reading '${currentKey}'`);
      return { pointer: { generation: 0, current: null, newest: null }, etag: null, writeId: undefined };
    }
  }

  /** Writes what is current if nobody has done so meanwhile; false when a look is needed at what stands there. */
  async #replace(text: string, etag: string | null, writeId: string): Promise<boolean> {
    const condition = etag === null ? { IfNoneMatch: '*' } : { IfMatch: etag };
    const input = {
      Bucket: this.#bucket,
      Key: currentKey,
      Body: text,
      Metadata: { 'write-id': writeId },
      ...condition,
    };
    try {
      await this.#client.send(new PutObjectCommand(input));
      return true;
    } catch (error) {
      const { name, status } = faultOf(error);
      if (status === 412 || name === 'ConditionalRequestConflict') return false;
      throw serviceError(error, `switching '${currentKey}'`);
    }
  }

  async #text(key: string, missing: string): Promise<string> {
    try {
      return Buffer.concat(await Array.fromAsync(this.#lake.read(key))).toString('utf8');
    } catch (error) {
      if (error instanceof ObjectNotFoundError) throw new ObjectNotFoundError(missing, { cause: error });
      throw error;
    }
  }
}

function manifestKey(id: string): string {
  // A slash would lead to another folder: doubled, it makes the key unsafe.
  return `${folder}${id.replaceAll('/', '//')}.json`;
}
