import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { InterruptedError, type PipelineError, ResourceExhaustedError } from '../../domain/errors.ts';
import { identifier, literal } from '../../domain/sql-text.ts';

export interface SessionSettings {
  readonly threads: number;
  readonly memoryMegabytes: number;
  /** Folders that statements may read and write; everything else is closed. */
  readonly allowedFolders: readonly string[];
  /** Where DuckDB spills; must be one of the allowed folders or below. */
  readonly spillFolder: string;
  /** Statements run once before the configuration is locked (the dialect's macros). */
  readonly prelude?: string | undefined;
}

/** A JSON-safe row as DuckDB returns it: big integers and decimals are text. */
export type JsonRow = Record<string, unknown>;

/** One sandboxed in-memory DuckDB: a single connection, its settings locked. */
export class DuckDbSession {
  readonly connection: DuckDBConnection;
  private readonly instance: DuckDBInstance;
  /** What `defineView` has defined: name -> SELECT. */
  private readonly views = new Map<string, string>();

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.instance = instance;
    this.connection = connection;
  }

  static async open(settings: SessionSettings): Promise<DuckDbSession> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const session = new DuckDbSession(instance, connection);
    await session.run(`set threads = ${settings.threads}`);
    await session.run(`set memory_limit = '${settings.memoryMegabytes}MB'`);
    await session.run(`set temp_directory = ${literal(settings.spillFolder)}`);
    await session.run(`set global TimeZone = 'UTC'`);
    await session.run('set global integer_division = true');
    if (settings.prelude !== undefined) await session.run(settings.prelude);
    // The order matters: after `enable_external_access = false` the folders can no longer be named, and after the lock nothing can.
    await session.run(`set allowed_directories = [${settings.allowedFolders.map(literal).join(', ')}]`);
    await session.run('set enable_external_access = false');
    await session.run('set lock_configuration = true');
    return session;
  }

  /** A second connection to the same database: temporary tables are its own. */
  async fork(): Promise<DuckDbSession> {
    return new DuckDbSession(this.instance, await this.instance.connect());
  }

  /** Makes a SELECT readable as `schema.name`; what stands so already is not defined again. */
  async defineView(schema: string, name: string, select: string): Promise<void> {
    const view = `${identifier(schema)}.${identifier(name)}`;
    if (this.views.get(view) === select) return;
    await this.run(`create schema if not exists ${identifier(schema)}`);
    await this.run(`create or replace view ${view} as ${select}`);
    this.views.set(view, select);
  }

  async run(sql: string, signal?: AbortSignal): Promise<void> {
    await this.interruptible(signal, async () => {
      await this.connection.run(sql);
    });
  }

  async rows(sql: string, signal?: AbortSignal): Promise<JsonRow[]> {
    return await this.interruptible(signal, async () => {
      const reader = await this.connection.runAndReadAll(sql);
      return reader.getRowObjectsJson() as JsonRow[];
    });
  }

  disconnect(): void {
    this.connection.disconnectSync();
  }

  /** Ends the database and gives its memory back. */
  close(): void {
    this.connection.disconnectSync();
    this.instance.closeSync();
  }

  /** Runs a statement of this connection so that the signal stops it; what DuckDB's errors mean everywhere is translated. */
  async interruptible<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    if (signal?.aborted) throw new InterruptedError('Stopped before the statement began.');
    const interrupt = () => this.connection.interrupt();
    signal?.addEventListener('abort', interrupt, { once: true });
    try {
      return await work();
    } catch (error) {
      throw translated(error) ?? error;
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }
}

/** DuckDB's errors that mean the same for every statement; null for those only the caller can judge. */
function translated(error: unknown): PipelineError | null {
  const message = error instanceof Error ? error.message : String(error);
  if (/^INTERRUPT|Interrupted!/i.test(message))
    return new InterruptedError('The statement was stopped.', { cause: error });
  if (/^Out of Memory|failed to (allocate|offload|pin)/i.test(message)) {
    return new ResourceExhaustedError(`DuckDB ran out of memory: ${firstLine(message)}`, {
      cause: error,
      advice: 'Give the run more memory (HEADWATER_MEMORY_MB) or free disk space for spilling.',
    });
  }
  if (/No space left on device|disk quota exceeded|ENOSPC/i.test(message)) {
    return new ResourceExhaustedError(`The disk is full: ${firstLine(message)}`, {
      cause: error,
      advice: 'Free disk space and run again; nothing that was published is harmed.',
    });
  }
  return null;
}

export function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}

export function literalList(texts: readonly string[]): string {
  return `[${texts.map(literal).join(', ')}]`;
}
