import { createHash } from 'node:crypto';
import { CorruptStateError } from '../../domain/errors.ts';
import { sliceFolder } from '../../domain/slice-folder.ts';
import type { Column, Slice, TableName, TableVersion } from '../../domain/table.ts';
import { identifier } from './sql-text.ts';
import { byColumns, type ReadableSlices, versionSelect } from './version-select.ts';

/** A partition of a table of slices: the value of `_slice`, and the key of the folder with its files. */
export interface SlicePartition {
  readonly value: string;
  readonly folder: string;
}

/** Where tables of slices are made known to Athena. Both calls may be repeated: what is there already stays. */
export interface SliceRegistry {
  readonly database: string;
  /** Makes a table of Parquet files with these columns and the partition column `_slice` (varchar). */
  createTable(table: string, columns: readonly Column[]): Promise<void>;
  addPartitions(table: string, columns: readonly Column[], partitions: readonly SlicePartition[]): Promise<void>;
}

/**
 * Makes versions of tables readable in Athena while a run builds: slices become partitions of tables in a database that only the engine
 * uses. A table is named for its list of columns and so never changes; a slice never changes either, so what was registered once, by
 * whatever run, holds for good.
 */
export class SliceTables {
  readonly #registry: SliceRegistry;
  /** `table/value` of what this engine has registered. */
  readonly #known = new Set<string>();

  constructor(registry: SliceRegistry) {
    this.#registry = registry;
  }

  /** The SELECT that a version's name stands for; its slices can be read when it returns. */
  async select(version: TableVersion): Promise<string> {
    const parts: ReadableSlices[] = [];
    for (const slices of byColumns(version.slices).values()) parts.push(await this.#readable(version.table, slices));
    return versionSelect(version, parts);
  }

  async #readable(name: TableName, slices: readonly Slice[]): Promise<ReadableSlices> {
    const columns = slices[0]?.columns ?? [];
    const table = tableNameOf(name, columns);
    if (!this.#known.has(table)) await this.#registry.createTable(table, columns);
    this.#known.add(table);
    const partitions = slices.map(partitionOf);
    const missing = partitions.filter(({ value }) => !this.#known.has(`${table}/${value}`));
    if (missing.length > 0) await this.#registry.addPartitions(table, columns, missing);
    for (const { value } of missing) this.#known.add(`${table}/${value}`);
    return {
      table: `${identifier(this.#registry.database)}.${identifier(table)}`,
      columns,
      slices: partitions.map(({ value }) => value),
    };
  }
}

/** Table names of Glue are lower case, and models' are. */
function tableNameOf(name: TableName, columns: readonly Column[]): string {
  const signature = columns.map(({ name: column, type }) => `${column} ${type}`).join(', ');
  return `${name.replace('.', '_').toLowerCase()}_${digest(signature)}`;
}

/** By the folder, not the id: a digest keeps a list of thousands of slices below Athena's limit. */
function partitionOf(slice: Slice): SlicePartition {
  const folder = sliceFolder(slice);
  if (folder === null) throw new CorruptStateError(`The slice '${slice.id}' has no files.`);
  return { value: digest(folder), folder };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
