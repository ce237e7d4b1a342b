import { z } from 'zod';
import type { GlueClient } from '@aws-sdk/client-glue';
import { type AthenaView, athenaView, type ViewDatabases } from '../domain/athena-view.ts';
import { currentView } from '../domain/current-view.ts';
import { ObjectNotFoundError } from '../domain/errors.ts';
import { glueColumns, sliceColumn } from '../domain/glue-columns.ts';
import type { LinesTable } from '../domain/lines-table.ts';
import { type DatabaseLayer, databaseLayers, databaseName } from '../domain/resource-names.ts';
import { sliceFolder } from '../domain/slice-folder.ts';
import { baseName, layerOf, type TableName, type TableVersion } from '../domain/table.ts';
import type { View } from '../domain/view.ts';
import type { AnalystTables } from '../ports/analyst-tables.ts';
import type { Lake } from '../ports/lake.ts';
import { GlueDatabase } from './glue/glue-database.ts';
import { storage } from './glue/table-input.ts';

export interface GlueAnalystTablesParts {
  readonly client: GlueClient;
  /** `<prefix>_<layer>` is a database. */
  readonly databasePrefix: string;
  /** The processed bucket, and its name for Athena: `s3://<bucket>`. */
  readonly lake: Lake;
  readonly lakeUri: string;
  /** Runs a statement in Athena to its end. */
  readonly run: (sql: string, signal?: AbortSignal) => Promise<unknown>;
}

/** View -> hash of the text that was run last. */
const viewHashesSchema = z.record(z.string(), z.string());
const viewsKey = 'catalog/views.json';

/** Tables in the Glue catalog and views in Athena. A table is one for all versions; a version is a partition with a folder of its own. */
export class GlueAnalystTables implements AnalystTables {
  readonly #parts: GlueAnalystTablesParts;

  constructor(parts: GlueAnalystTablesParts) {
    this.#parts = parts;
  }

  async addLines(tables: readonly LinesTable[]): Promise<void> {
    for (const { table, columns, prefix } of tables) {
      await this.#database(layerOf(table)).grow(baseName(table), glueColumns(columns), 'json', this.#location(prefix));
    }
  }

  async addSlices(versions: readonly TableVersion[]): Promise<void> {
    for (const version of versions) await this.#addVersion(version);
  }

  async switchTo(versions: readonly TableVersion[], signal?: AbortSignal): Promise<void> {
    await this.#parts.run(currentView(this.#viewDatabases(), versions), signal);
  }

  async slices(table: TableName): Promise<string[]> {
    return (await this.#database(layerOf(table)).partitions(baseName(table))).sort();
  }

  async keepSlices(layer: string, kept: ReadonlyMap<TableName, ReadonlySet<string>>): Promise<number> {
    const database = this.#database(layer);
    let forgotten = 0;
    for (const { Name = '', PartitionKeys } of await database.tables()) {
      if (PartitionKeys?.[0]?.Name !== sliceColumn) continue;
      const wanted = kept.get(`${layer}.${Name}`) ?? new Set();
      const old = (await database.partitions(Name)).filter((id) => !wanted.has(id));
      await database.removePartitions(Name, old);
      forgotten += old.length;
    }
    return forgotten;
  }

  async renewViews(views: readonly View[], signal?: AbortSignal): Promise<number> {
    const databases = this.#viewDatabases();
    const wanted = views.map((view) => athenaView(view, databases));
    const before = await this.#viewHashes();
    const database = new GlueDatabase(this.#parts.client, databases.analytics);
    const there = new Set((await database.tables()).map(({ Name }) => Name));
    const stale = wanted.filter(({ name, hash }) => before[name] !== hash || !there.has(name));
    const gone = Object.keys(before).filter((name) => !wanted.some((view) => view.name === name));
    for (const name of gone) await database.remove(name);
    for (const { sql } of stale) await this.#parts.run(sql, signal);
    // Noted at the end: a view that was run and not noted is run again, which changes nothing.
    if (gone.length + stale.length > 0) await this.#noteViews(wanted);
    return gone.length + stale.length;
  }

  async #addVersion({ table, columns, slices }: TableVersion): Promise<void> {
    const database = this.#database(layerOf(table));
    const name = baseName(table);
    // The table's own location holds nothing: every partition has one.
    const known = await database.grow(name, glueColumns(columns), 'parquet', this.#location('catalog/unused'));
    const there = new Set(await database.partitions(name));
    const missing = slices.flatMap((slice) => {
      const folder = sliceFolder(slice);
      if (folder === null || there.has(slice.id)) return [];
      return [{ Values: [slice.id], StorageDescriptor: storage(known, 'parquet', this.#location(folder)) }];
    });
    await database.addPartitions(name, missing);
  }

  async #viewHashes(): Promise<Readonly<Record<string, string>>> {
    try {
      const text = Buffer.concat(await Array.fromAsync(this.#parts.lake.read(viewsKey))).toString('utf8');
      return viewHashesSchema.parse(JSON.parse(text));
    } catch (error) {
      if (error instanceof ObjectNotFoundError) return {};
      throw error;
    }
  }

  async #noteViews(views: readonly AthenaView[]): Promise<void> {
    const hashes = Object.fromEntries(views.map(({ name, hash }) => [name, hash]));
    await this.#parts.lake.write(viewsKey, `${JSON.stringify(hashes)}\n`);
  }

  #database(name: string): GlueDatabase {
    const layer = databaseLayers.find((one) => one === name);
    if (layer === undefined) throw new TypeError(`There is no database for the layer '${name}'.`);
    return new GlueDatabase(this.#parts.client, this.#databaseName(layer));
  }

  #viewDatabases(): ViewDatabases {
    return { analytics: this.#databaseName('analytics'), ops: this.#databaseName('ops') };
  }

  #databaseName(layer: DatabaseLayer): string {
    return databaseName(this.#parts, layer);
  }

  #location(prefix: string): string {
    return `${this.#parts.lakeUri}/${prefix}/`;
  }
}
