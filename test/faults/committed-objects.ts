import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'vitest';
import { FolderCatalog } from '../../lambdas/adapters/folder-catalog.ts';
import { noCrash } from '../../lambdas/domain/crash-points.ts';
import type { DataFile } from '../../lambdas/domain/table.ts';
import { sha256 } from './originals.ts';

/** Manifests and the data files they name, watched over the life of a home: what was there once must stay as it was. */
export class CommittedObjects {
  readonly #lake: string;
  readonly #catalog: FolderCatalog;
  /** Path below the lake -> content hash when first seen. */
  readonly #seen = new Map<string, string>();

  constructor(home: string) {
    this.#lake = join(home, 'lake');
    this.#catalog = new FolderCatalog(this.#lake, noCrash);
  }

  /** Asserts that the catalog is loadable, that every file named exists with its rows and bytes, and that nothing seen has changed. */
  async check(): Promise<void> {
    const { current, newest } = await this.#catalog.pointer();
    for (const id of [current, newest]) if (id !== null) await this.#catalog.load(id);
    const named = new Map<string, DataFile>();
    for (const id of await this.#catalog.list()) {
      const { tables } = await this.#catalog.load(id);
      const files = tables.flatMap((table) => table.slices.flatMap((slice) => slice.files));
      for (const file of files) named.set(file.key, file);
      await this.#same(`catalog/publications/${id}.json`);
    }
    const fresh = [...named.values()].filter((file) => !this.#seen.has(file.key));
    for (const file of named.values()) {
      const bytes = await this.#same(file.key);
      expect(bytes, file.key).toBe(file.bytes);
    }
    expect(await rowCounts(fresh.map((file) => join(this.#lake, file.key)))).toEqual(fresh.map((file) => file.rows));
    for (const name of await generations(this.#lake)) await this.#same(`catalog/current/${name}`);
    for (const path of this.#seen.keys()) await this.#same(path);
  }

  /** Returns the object's size. Throws when it is missing. */
  async #same(path: string): Promise<number> {
    const body = await readFile(join(this.#lake, path));
    const hash = sha256(body);
    expect(hash, `${path} was changed`).toBe(this.#seen.get(path) ?? hash);
    this.#seen.set(path, hash);
    return body.length;
  }
}

async function generations(lake: string): Promise<string[]> {
  return await readdir(join(lake, 'catalog', 'current')).catch(() => []);
}

let database: Promise<DuckDBInstance> | undefined;

/** Rows of Parquet files by their footers, in the order asked. */
async function rowCounts(paths: readonly string[]): Promise<number[]> {
  if (paths.length === 0) return [];
  database ??= DuckDBInstance.create(':memory:');
  const connection = await (await database).connect();
  const list = paths.map((path) => `'${path.replaceAll("'", "''")}'`).join(', ');
  const result = await connection.runAndReadAll(
    `select file_name, num_rows::integer as n from parquet_file_metadata([${list}])`,
  );
  const rows = new Map(result.getRows().map(([name, count]) => [String(name), Number(count)]));
  connection.disconnectSync();
  return paths.map((path) => rows.get(path) ?? -1);
}
