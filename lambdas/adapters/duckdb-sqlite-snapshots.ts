import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CorruptStateError, ModelError, PipelineError } from '../domain/errors.ts';
import type { Collection } from '../domain/serving/collection.ts';
import type { SnapshotFile, SnapshotMaker, SnapshotPlan } from '../ports/snapshot-maker.ts';
import type { Workspace } from '../ports/workspace.ts';
import { DuckDbSession, type SessionSettings } from './duckdb/session.ts';
import { createTableViews } from './duckdb/table-views.ts';
import { fillCollection } from './snapshot/fill-collection.ts';
import { bodyTable, createCollection, createCommon, indexCollection } from './snapshot/snapshot-tables.ts';

const fileName = 'snapshot.sqlite';

/** Snapshots as SQLite files, filled from Parquet by a DuckDB of their own: row after row, never the whole in memory. */
export class DuckDbSqliteSnapshots implements SnapshotMaker {
  readonly #workspace: Workspace;
  readonly #settings: () => Promise<SessionSettings>;

  constructor(workspace: Workspace, settings: () => Promise<SessionSettings>) {
    this.#workspace = workspace;
    this.#settings = settings;
  }

  async make(plan: SnapshotPlan, signal?: AbortSignal): Promise<SnapshotFile> {
    const folder = await this.#workspace.target(plan.prefix);
    const path = join(folder, fileName);
    const rows = await this.#write(path, plan, signal);
    verify(path, rows);
    const sha256 = await settledHash(path);
    const { size } = await stat(path);
    await this.#workspace.push(plan.prefix);
    return { key: `${plan.prefix}/${fileName}`, sha256, bytes: size };
  }

  async #write(path: string, plan: SnapshotPlan, signal: AbortSignal | undefined): Promise<Map<string, number>> {
    const known = new Map(plan.tables.map((version) => [version.table as string, version]));
    const read = new Set(plan.collections.filter((each) => isAnswerable(each, known)).flatMap(({ reads }) => reads));
    const database = new DatabaseSync(path);
    let session: DuckDbSession | undefined;
    try {
      // A file that is not finished is thrown away, so nothing guards it against a crash; it is made durable at the end.
      database.exec(
        'pragma page_size = 8192; pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536; begin',
      );
      createCommon(database);
      session = await DuckDbSession.open(await this.#settings());
      await createTableViews(
        session,
        this.#workspace,
        plan.tables.filter(({ table }) => read.has(table)),
        new Map(),
        false,
      );
      const rows = new Map<string, number>();
      for (const collection of plan.collections) {
        createCollection(database, collection);
        const filled = isAnswerable(collection, known) ? await this.#fill(database, session, collection, signal) : 0;
        indexCollection(database, collection);
        rows.set(collection.name, filled);
      }
      const text = database.prepare('insert into texts values (?, ?)');
      for (const [name, body] of Object.entries(plan.texts)) text.run(name, body);
      const counted = database.prepare('insert into collections values (?, ?)');
      for (const [name, count] of rows) counted.run(name, count);
      database.exec('commit');
      return rows;
    } finally {
      session?.close();
      database.close();
    }
  }

  async #fill(
    database: DatabaseSync,
    session: DuckDbSession,
    collection: Collection,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    try {
      return await fillCollection(database, session, collection, signal);
    } catch (error) {
      if (error instanceof PipelineError) throw error;
      const message = error instanceof Error ? error.message.trim() : String(error);
      throw new ModelError(`The API's collection '${collection.name}' fails: ${message}`, { cause: error });
    }
  }
}

function isAnswerable({ reads }: Collection, known: ReadonlyMap<string, unknown>): boolean {
  return reads.every((table) => known.has(table));
}

/** Opens the file as a reader would, and counts. Throws CorruptStateError. */
function verify(path: string, rows: ReadonlyMap<string, number>): void {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    for (const [name, expected] of rows) {
      for (const table of [name, bodyTable(name)]) {
        const found = database.prepare(`select count(*) as n from "${table}"`).get()?.n;
        if (found === expected) continue;
        throw new CorruptStateError(`The snapshot's ${table} has ${found} rows, and ${expected} were written.`);
      }
    }
  } finally {
    database.close();
  }
}

/** Hash of the file once it is safely on the disk. */
async function settledHash(path: string): Promise<string> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
