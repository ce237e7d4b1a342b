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
import { type FillJob, jobsOf } from './snapshot/fill-jobs.ts';
import { runJobs } from './snapshot/run-jobs.ts';
import { bodyTable, createCollection, createCommon, indexCollection } from './snapshot/snapshot-tables.ts';
import { identifier } from '../domain/sql-text.ts';

const fileName = 'snapshot.sqlite';
/** Groups with the lists of so many rows fit into a megabyte: 200,000 clients with their decisions do not fit into 1,100. */
const groupsPerMegabyte = 40;
/** Two statements of so many rows fit into a megabyte: 200,000 customers with their documents do not fit into 1,200. */
const rowsAheadPerMegabyte = 80;

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
    const answerable = plan.collections.filter((each) => isAnswerable(each, known));
    const read = new Set(answerable.flatMap(({ reads }) => reads));
    const database = new DatabaseSync(path);
    let session: DuckDbSession | undefined;
    try {
      // A file that is not finished is thrown away, so nothing guards it against a crash; it is made durable at the end.
      database.exec(
        'pragma page_size = 8192; pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536; begin',
      );
      createCommon(database);
      for (const collection of plan.collections) createCollection(database, collection);
      const settings = await this.#settings();
      session = await DuckDbSession.open(settings);
      await createTableViews(
        session,
        this.#workspace,
        plan.tables.filter(({ table }) => read.has(table)),
        new Map(),
        false,
      );
      const rows = new Map<string, number>(plan.collections.map(({ name }) => [name, 0]));
      const jobs: FillJob[] = [];
      for (const collection of answerable) {
        const ranked = identifier(`ranked ${collection.name}`);
        const count = await rank(session, collection, ranked, signal);
        rows.set(collection.name, count);
        const atOnce = settings.memoryMegabytes * groupsPerMegabyte;
        jobs.push(...jobsOf(database, collection, { table: ranked, count, atOnce }));
      }
      const ahead = Math.max(...rows.values()) <= settings.memoryMegabytes * rowsAheadPerMegabyte;
      await runJobs(session, jobs, ahead, signal);
      for (const collection of plan.collections) indexCollection(database, collection);
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
}

/** Puts the collection's keys in their order. Returns how many there are. */
async function rank(
  session: DuckDbSession,
  collection: Collection,
  ranked: string,
  signal: AbortSignal | undefined,
): Promise<number> {
  try {
    await session.run(`create table ${ranked} as ${collection.ranked}`, signal);
  } catch (error) {
    if (error instanceof PipelineError) throw error;
    const message = error instanceof Error ? error.message.trim() : String(error);
    throw new ModelError(`The API's collection '${collection.name}' fails: ${message}`, { cause: error });
  }
  const [counted] = await session.rows(`select count(*) as n from ${ranked}`, signal);
  return Number(counted?.n);
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
