import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import {
  ConfigurationError,
  CorruptStateError,
  PipelineError,
  ResourceExhaustedError,
  StorageBusyError,
  TerminalError,
} from '../../domain/errors.ts';
import { migrations } from './migrations.ts';

export type Row = Record<string, SQLOutputValue>;

/** Of SQLite's primary result codes, https://sqlite.org/rescode.html. */
const resultCodes = { busy: 5, locked: 6, outOfMemory: 7, corrupt: 11, full: 13, notADatabase: 26 } as const;

/**
 * The ledger's file. Several processes use it at the same time: readers never wait, writers wait for each other up to `busyMilliseconds`
 * (blocking this process; each transaction takes milliseconds).
 */
export class SqliteDatabase {
  readonly #path: string;
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, options: { busyMilliseconds?: number } = {}) {
    this.#path = path;
    const timeout = options.busyMilliseconds ?? 10_000;
    this.#connection = this.#guarded(() => {
      if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
      return new DatabaseSync(path, { timeout });
    });
    try {
      this.#switchToWal(timeout);
      this.#guarded(() => this.#connection.exec('PRAGMA synchronous = NORMAL'));
      this.#migrate();
    } catch (error) {
      this.#connection.close();
      throw error;
    }
  }

  all(sql: string, ...parameters: SQLInputValue[]): Row[] {
    return this.#guarded(() => this.#statement(sql).all(...parameters));
  }

  get(sql: string, ...parameters: SQLInputValue[]): Row | undefined {
    return this.#guarded(() => this.#statement(sql).get(...parameters));
  }

  /** Returns the number of rows changed. */
  run(sql: string, ...parameters: SQLInputValue[]): number {
    return this.#guarded(() => Number(this.#statement(sql).run(...parameters).changes));
  }

  /** Runs `work` with the write lock held from the beginning, so that nothing it reads can change before it writes. */
  transaction<T>(work: () => T): T {
    this.#guarded(() => this.#connection.exec('BEGIN IMMEDIATE'));
    try {
      const result = work();
      this.#guarded(() => this.#connection.exec('COMMIT'));
      return result;
    } catch (error) {
      // SQLite has rolled back by itself after some failures, a full disk for one.
      if (this.#connection.isTransaction) this.#guarded(() => this.#connection.exec('ROLLBACK'));
      throw error;
    }
  }

  close(): void {
    if (this.#connection.isOpen) this.#connection.close();
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /**
   * The change of a new file's journal mode does not always wait for the busy timeout: of 200 openings, eight at a time, one failed
   * at once. So openers in a race repeat it.
   */
  #switchToWal(timeout: number): void {
    const end = Date.now() + timeout;
    for (;;) {
      try {
        this.#guarded(() => this.#connection.exec('PRAGMA journal_mode = WAL'));
        return;
      } catch (error) {
        if (!(error instanceof StorageBusyError) || Date.now() >= end) throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
      }
    }
  }

  #migrate(): void {
    const version = () => Number(this.get('PRAGMA user_version')?.user_version);
    if (version() > migrations.length) {
      throw new ConfigurationError([`${this.#path} was written by a newer version of Headwater`], {
        advice: 'Update this checkout, or use another home folder.',
      });
    }
    if (version() === migrations.length) return;
    this.transaction(() => {
      // Another process may have been faster; asked again under the lock.
      for (const migration of migrations.slice(version())) this.#guarded(() => this.#connection.exec(migration));
      this.#guarded(() => this.#connection.exec(`PRAGMA user_version = ${migrations.length}`));
    });
  }

  #guarded<T>(call: () => T): T {
    try {
      return call();
    } catch (error) {
      throw sqliteError(error, this.#path);
    }
  }
}

/** SQLite's failures as errors of ours; errors of ours pass unchanged. */
function sqliteError(error: unknown, path: string): PipelineError {
  if (error instanceof PipelineError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const message = `The ledger ${path} cannot be used: ${text}`;
  // The low byte is the primary code, the rest refines it.
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  if (code === resultCodes.busy || code === resultCodes.locked) return new StorageBusyError(message, { cause: error });
  if (code === resultCodes.full || code === resultCodes.outOfMemory) {
    return new ResourceExhaustedError(message, {
      cause: error,
      advice: 'Free some space on its disk, then run again.',
    });
  }
  if (code === resultCodes.corrupt || code === resultCodes.notADatabase) {
    return new CorruptStateError(message, { cause: error, advice: 'Restore the file, with its -wal, from a backup.' });
  }
  return new TerminalError(message, { cause: error, advice: 'See that the folder exists and can be written.' });
}
