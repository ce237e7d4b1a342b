import { mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ModelError } from '../domain/errors.ts';
import type { Column } from '../domain/table.ts';
import type { Lake } from '../ports/lake.ts';
import type { FileToRead, FooterFacts, ParquetFooters } from '../ports/parquet-footers.ts';
import type { Workspace } from '../ports/workspace.ts';
import { verifyFooters } from './duckdb/parquet-files.ts';
import { DuckDbSession, literalList, type SessionSettings } from './duckdb/session.ts';

/** Footers of a few columns and row groups fit; a longer one is read by a second request. */
const firstTail = 65_536;
/** A file ends with the length of its footer, 4 bytes, and `PAR1`. */
const trailer = 8;
const filesAtOnce = 8;

/**
 * Footers through DuckDB, which wants files: each file gets a stand-in of the same length with nothing but its end, a hole that takes no
 * space. So terabytes can be verified with a few requests.
 */
export class DuckDbParquetFooters implements ParquetFooters {
  readonly #lake: Lake;
  readonly #workspace: Workspace;
  readonly #settings: () => Promise<SessionSettings>;

  constructor(lake: Lake, workspace: Workspace, settings: () => Promise<SessionSettings>) {
    this.#lake = lake;
    this.#workspace = workspace;
    this.#settings = settings;
  }

  async verified(table: string, files: readonly FileToRead[], columns: readonly Column[]): Promise<FooterFacts[]> {
    if (files.length === 0) return [];
    const session = await DuckDbSession.open(await this.#settings());
    // Calls may overlap, so each has a folder of its own.
    const folder = await mkdtemp(join(await this.#workspace.scratch(), 'footers-'));
    try {
      const paths: string[] = [];
      for (let first = 0; first < files.length; first += filesAtOnce) {
        const batch = files.slice(first, first + filesAtOnce);
        const standIns = batch.map((file, index) => this.#standIn(file, join(folder, `${first + index}.parquet`)));
        paths.push(...(await Promise.all(standIns)));
      }
      await verifyFooters(session, table, paths, columns, 'athena');
      return await facts(session, files, paths);
    } finally {
      session.close();
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #standIn({ key, bytes }: FileToRead, path: string): Promise<string> {
    let from = Math.max(0, bytes - firstTail);
    let tail = Buffer.concat(await Array.fromAsync(this.#lake.read(key, from)));
    if (tail.length < trailer || tail.subarray(-4).toString('latin1') !== 'PAR1') {
      throw new ModelError(`The file '${key}' that Athena wrote is not Parquet.`);
    }
    const wanted = Math.max(0, bytes - trailer - tail.readUInt32LE(tail.length - trailer));
    if (wanted < from) {
      from = wanted;
      tail = Buffer.concat(await Array.fromAsync(this.#lake.read(key, from)));
    }
    const file = await open(path, 'w');
    try {
      await file.write(tail, 0, tail.length, from);
    } finally {
      await file.close();
    }
    return path;
  }
}

async function facts(session: DuckDbSession, files: readonly FileToRead[], paths: readonly string[]) {
  const list = literalList(paths);
  const rows = await session.rows(`select file_name, num_rows from parquet_file_metadata(${list})`);
  const nulls = await session.rows(
    `select file_name, path_in_schema as name, sum(stats_null_count)::bigint as nulls from parquet_metadata(${list})
     group by 1, 2 having count(stats_null_count) = count(*)`,
  );
  return files.map((file, index) => {
    const mine = (row: { file_name?: unknown }) => row.file_name === paths[index];
    const known = nulls.filter(mine).map((row) => [String(row.name), Number(row.nulls)] as const);
    return { ...file, rows: Number(rows.find(mine)?.num_rows ?? 0), nulls: Object.fromEntries(known) };
  });
}
