import { CorruptStateError, StorageBusyError } from '../../domain/errors.ts';
import type { FileRecord, FileStatus } from '../../domain/file-record.ts';
import { fileRecordSchema } from '../../domain/file-record-schema.ts';
import type { Files } from '../../ports/files.ts';
import { byBytes } from '../ledger-records/byte-order.ts';
import { storedRecord } from '../ledger-records/stored-record.ts';
import { expiryOf } from './expiry.ts';
import type { Item, LedgerTable, LedgerWrite } from './ledger-table.ts';

/** Each file takes up to four writes, and a transaction a hundred; a batch of the pipeline has 25 files. */
const filesAtOnce = 25;
const registeredAtOnce = 8;
const updateTries = 5;
const listing = 'FILE';

/**
 * Files as items by id, with a copy by status and, once processed, by content, all written in one transaction: what the pipeline
 * asks for is read consistently. More than 25 records are changed in several transactions, after all of them were found.
 */
export class DynamoDbFiles implements Files {
  readonly #table: LedgerTable;

  constructor(table: LedgerTable) {
    this.#table = table;
  }

  async register(files: readonly FileRecord[]): Promise<number> {
    const unique = [...new Map(files.toReversed().map((file) => [file.id, file])).values()].reverse();
    let added = 0;
    for (let first = 0; first < unique.length; first += registeredAtOnce) {
      const wasNew = await Promise.all(unique.slice(first, first + registeredAtOnce).map((file) => this.#add(file)));
      added += wasNew.filter(Boolean).length;
    }
    return added;
  }

  async update(files: readonly FileRecord[]): Promise<void> {
    const changed = [...new Map(files.map((file) => [file.id, file])).values()];
    const known = await this.#statuses(changed);
    for (let first = 0; first < changed.length; first += filesAtOnce) {
      await this.#replace(changed.slice(first, first + filesAtOnce), known);
    }
  }

  async get(ids: readonly string[]): Promise<FileRecord[]> {
    const items = await Promise.all(ids.map((id) => this.#table.get(recordPartition(id), listing)));
    return items.flatMap((item) => (item === null ? [] : [fileOf(item)]));
  }

  async withStatus(statuses: readonly FileStatus[]): Promise<FileRecord[]> {
    const partitions = [...new Set(statuses)].map((status) =>
      Array.fromAsync(this.#table.query(statusPartition(status))),
    );
    const files = (await Promise.all(partitions)).flat().map(fileOf);
    return files.sort((one, other) => byBytes(one.key, other.key) || byBytes(one.id, other.id));
  }

  async processedWithContent(dataset: string, sha256: readonly string[]): Promise<Map<string, FileRecord>> {
    const found = new Map<string, FileRecord>();
    for (const hash of new Set(sha256)) {
      const files = (await Array.fromAsync(this.#table.query(contentPartition(dataset, hash)))).map(fileOf);
      const [first] = files.sort(
        (one, other) => byBytes(one.receivedAt, other.receivedAt) || byBytes(one.key, other.key),
      );
      if (first !== undefined) found.set(hash, first);
    }
    return found;
  }

  async find(options: { text?: string | undefined; limit: number }): Promise<FileRecord[]> {
    const found: FileRecord[] = [];
    if (options.limit <= 0) return found;
    for await (const item of this.#table.newest(listing)) {
      const file = fileOf(item);
      // Of files received at one moment all are looked at, since they are listed by key.
      if (found.length >= options.limit && found.at(-1)?.receivedAt !== file.receivedAt) break;
      if (file.key.includes(options.text ?? '')) found.push(file);
    }
    found.sort((one, other) => byBytes(other.receivedAt, one.receivedAt) || byBytes(one.key, other.key));
    return found.slice(0, options.limit);
  }

  async #add(file: FileRecord): Promise<boolean> {
    const [record, ...copies] = itemsOf(file);
    return await this.#table.transact([
      { put: record, condition: { expression: 'attribute_not_exists(pk)' } },
      ...copies.map((put) => ({ put })),
    ]);
  }

  /** Id -> status in the ledger. Throws CorruptStateError when it does not know one of the files. */
  async #statuses(files: readonly FileRecord[]): Promise<Map<string, FileStatus>> {
    const stored = new Map((await this.get(files.map(({ id }) => id))).map(({ id, status }) => [id, status]));
    for (const { id, key } of files) {
      if (!stored.has(id)) {
        throw new CorruptStateError(`The ledger does not know the file ${id} (${key}) that is to be updated.`);
      }
    }
    return stored;
  }

  async #replace(files: readonly FileRecord[], known: ReadonlyMap<string, FileStatus>): Promise<void> {
    let statuses = known;
    for (let attempt = 1; attempt <= updateTries; attempt += 1) {
      if (await this.#table.transact(files.flatMap((file) => replacing(file, statuses.get(file.id) ?? file.status))))
        return;
      statuses = await this.#statuses(files);
    }
    throw new StorageBusyError(`Others change the files ${files.map(({ id }) => id).join(', ')} all the time.`);
  }
}

/** The writes that replace a record which has this status now. */
function replacing(file: FileRecord, before: FileStatus): LedgerWrite[] {
  const [record, ...copies] = itemsOf(file);
  const writes: LedgerWrite[] = [
    { put: record, condition: { expression: 'file_status = :before', values: { ':before': before } } },
    ...copies.map((put) => ({ put })),
  ];
  if (before !== file.status) writes.push({ remove: { pk: statusPartition(before), sk: file.id } });
  return writes;
}

/** The record and its copies. What has come to its end goes after a time, but for the content by which a file is known again. */
function itemsOf(file: FileRecord): [Item, ...Item[]] {
  const file_record = JSON.stringify(file);
  const expiry = finalStatuses.includes(file.status) ? { ttl: expiryOf(file.updatedAt) } : {};
  const items: [Item, ...Item[]] = [
    {
      pk: recordPartition(file.id),
      sk: listing,
      file_record,
      file_status: file.status,
      listing,
      listed_at: file.receivedAt,
      ...expiry,
    },
    { pk: statusPartition(file.status), sk: file.id, file_record, ...expiry },
  ];
  if (file.status === 'PROCESSED' && file.sha256 !== null && file.dataset !== null) {
    items.push({ pk: contentPartition(file.dataset, file.sha256), sk: file.id, file_record });
  }
  return items;
}

const finalStatuses: readonly FileStatus[] = ['PROCESSED', 'REJECTED', 'DUPLICATE'];

function recordPartition(id: string): string {
  return `FILE#${id}`;
}

function statusPartition(status: FileStatus): string {
  return `FILES#${status}`;
}

function contentPartition(dataset: string, sha256: string): string {
  return `CONTENT#${dataset}#${sha256}`;
}

function fileOf(item: Item): FileRecord {
  return storedRecord(fileRecordSchema, item.file_record, `file ${item.sk}`);
}
