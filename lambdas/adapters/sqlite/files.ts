import { CorruptStateError } from '../../domain/errors.ts';
import type { FileRecord, FileStatus } from '../../domain/file-record.ts';
import { fileRecordSchema } from '../../domain/file-record-schema.ts';
import type { Files } from '../../ports/files.ts';
import type { Row, SqliteDatabase } from './database.ts';
import { storedRecord } from '../ledger-records/stored-record.ts';

export class SqliteFiles implements Files {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async register(files: readonly FileRecord[]): Promise<number> {
    if (files.length === 0) return 0;
    return this.#database.transaction(() => {
      let added = 0;
      for (const file of files) {
        added += this.#database.run(
          `insert into files (key, status, sha256, received_at, record, id) values (?, ?, ?, ?, ?, ?)
           on conflict (id) do nothing`,
          ...columnsOf(file),
          file.id,
        );
      }
      return added;
    });
  }

  async update(files: readonly FileRecord[]): Promise<void> {
    if (files.length === 0) return;
    this.#database.transaction(() => {
      for (const file of files) {
        const changed = this.#database.run(
          'update files set key = ?, status = ?, sha256 = ?, received_at = ?, record = ? where id = ?',
          ...columnsOf(file),
          file.id,
        );
        if (changed === 0) {
          throw new CorruptStateError(
            `The ledger does not know the file ${file.id} (${file.key}) that is to be updated.`,
          );
        }
      }
    });
  }

  async get(ids: readonly string[]): Promise<FileRecord[]> {
    return ids.flatMap((id) => {
      const row = this.#database.get('select id, record from files where id = ?', id);
      return row === undefined ? [] : [fileOf(row)];
    });
  }

  async withStatus(statuses: readonly FileStatus[]): Promise<FileRecord[]> {
    return this.#database
      .all(
        'select id, record from files where status in (select value from json_each(?)) order by key, id',
        JSON.stringify(statuses),
      )
      .map(fileOf);
  }

  async processedWithContent(dataset: string, sha256: readonly string[]): Promise<Map<string, FileRecord>> {
    const found = new Map<string, FileRecord>();
    for (const hash of sha256) {
      const row = this.#database.get(
        `select id, record from files where sha256 = ? and status = 'PROCESSED' and json_extract(record, '$.dataset') = ?
         order by received_at, key limit 1`,
        hash,
        dataset,
      );
      if (row !== undefined) found.set(hash, fileOf(row));
    }
    return found;
  }

  async find(options: { text?: string | undefined; limit: number }): Promise<FileRecord[]> {
    return this.#database
      .all(
        'select id, record from files where instr(key, ?) > 0 order by received_at desc, key limit ?',
        options.text ?? '',
        Math.max(0, options.limit),
      )
      .map(fileOf);
  }
}

function columnsOf(file: FileRecord): [string, string, string | null, string, string] {
  return [file.key, file.status, file.sha256, file.receivedAt, JSON.stringify(file)];
}

function fileOf(row: Row): FileRecord {
  return storedRecord(fileRecordSchema, row.record, `file ${row.id}`);
}
