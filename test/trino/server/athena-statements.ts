import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TrinoClient, TrinoResult } from './trino-client.ts';
import { readUnload, type UnloadText } from './unload-text.ts';

export interface Statement {
  readonly id: string;
  readonly sql: string;
  readonly workgroup: string;
  state: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  reason?: string;
  result?: TrinoResult;
  readonly abort: AbortController;
}

/** Where `s3://<bucket>/` lies on this machine. */
export interface Bucket {
  readonly name: string;
  readonly folder: string;
  /** The folder's name for Trino: `local:///folder`. */
  readonly location: string;
}

/** Statements of Athena, run by Trino: a SELECT as it is, an UNLOAD as a CREATE TABLE AS over the same folder. */
export class AthenaStatements {
  readonly all: Statement[] = [];
  readonly #client: TrinoClient;
  readonly #bucket: Bucket;

  constructor(client: TrinoClient, bucket: Bucket) {
    this.#client = client;
    this.#bucket = bucket;
  }

  start(sql: string, workgroup: string): Statement {
    const statement: Statement = { id: randomUUID(), sql, workgroup, state: 'RUNNING', abort: new AbortController() };
    this.all.push(statement);
    this.#execute(sql, statement.abort.signal).then(
      (result) => {
        if (statement.state === 'RUNNING') Object.assign(statement, { state: 'SUCCEEDED', result });
      },
      (error: unknown) => {
        const reason = error instanceof Error ? (error.message.split('\nin: ')[0] ?? '') : String(error);
        if (statement.state === 'RUNNING') Object.assign(statement, { state: 'FAILED', reason });
      },
    );
    return statement;
  }

  stop(statement: Statement): void {
    if (statement.state === 'RUNNING') statement.state = 'CANCELLED';
    statement.abort.abort();
  }

  /** Ends what still runs, and waits until Trino knows. */
  async close(): Promise<void> {
    for (const statement of this.all) this.stop(statement);
    await wait(50);
  }

  async #execute(sql: string, signal: AbortSignal): Promise<TrinoResult> {
    const unload = readUnload(sql);
    return unload === null ? await this.#client.execute(sql, signal) : await this.#unload(unload, signal);
  }

  async #unload({ select, target, partitionedBy }: UnloadText, signal: AbortSignal): Promise<TrinoResult> {
    const root = `s3://${this.#bucket.name}/`;
    if (!target.startsWith(root) || !target.endsWith('/'))
      throw new Error(`The target ${target} is not below ${root}.`);
    const key = target.slice(root.length, -1);
    const folder = `${this.#bucket.folder}/${key}`;
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw new Error(`HIVE_PATH_ALREADY_EXISTS: Unable to write to path: ${target}. Target directory is not empty`);
    }
    await this.#client.execute('create schema if not exists unload');
    const table = `unload."${randomUUID()}"`;
    const keys = partitionedBy.map((name) => `'${name}'`).join(', ');
    const partitioned = partitionedBy.length === 0 ? '' : `, partitioned_by = array[${keys}]`;
    const location = `${this.#bucket.location}/${key}`;
    const create = `create table ${table} with (format = 'PARQUET', external_location = '${location}'${partitioned})`;
    try {
      const { bytesRead } = await this.#client.execute(`${create} as ${select}`, signal);
      // The files of an external table stay.
      await this.#client.execute(`drop table ${table}`);
      await removeCheckSums(folder);
      return { columns: [], rows: [], bytesRead };
    } catch (error) {
      // Athena writes nothing where there is no row, and so does Trino, which then misses the folder.
      if (!String(error).includes('External table location does not exist')) throw error;
      return { columns: [], rows: [], bytesRead: 0 };
    }
  }
}

/** The old Trino writes one beside each file of a local folder; a bucket has none. */
async function removeCheckSums(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true }))
    if (name.endsWith('.crc')) await rm(join(folder, name));
}
