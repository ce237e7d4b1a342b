import { athenaType } from '../../domain/athena-view.ts';
import { ModelError } from '../../domain/errors.ts';
import type { Column } from '../../domain/table.ts';
import { identifier, literal } from './sql-text.ts';

/** Athena writes at most so many partitions in one UNLOAD. */
export const partitionsPerUnload = 100;

/** Folders are named for copies of the partition columns, since UNLOAD leaves those that it names folders for out of the files. */
const copyPrefix = '_partition_';

export interface Unload {
  readonly table: string;
  /** A SELECT, its names resolved. */
  readonly sql: string;
  readonly columns: readonly Column[];
  readonly partitionBy: readonly string[];
  /** Which rows are written; of the SELECT's columns, empty for all. */
  readonly condition: string;
  /** Values of the columns that the writer knows: `_run_id`, `_as_of`. */
  readonly given: ReadonlyMap<string, string>;
  /** Where the files go: `s3://bucket/prefix/`, with nothing below it yet. */
  readonly target: string;
}

export type Partition = Readonly<Record<string, string>>;

/** Asks for the partitions that a table will have, as text, one column for each of `partitionBy`. */
export function partitionsQuery(unload: Unload): string {
  const keys = unload.partitionBy.map((key) => `${keyText(unload, key)} as ${identifier(key)}`);
  return `select distinct ${keys.join(', ')} from (${unload.sql}\n) as built${where([unload.condition])} order by ${unload.partitionBy.map((_, index) => index + 1).join(', ')}`;
}

/** What `partitionsQuery` found. Throws ModelError for a partition without a value: no UNLOAD would write its rows. */
export function partitionsFound(unload: Unload, rows: readonly (readonly unknown[])[]): Partition[] {
  return rows.map((row) => {
    const pairs = unload.partitionBy.map((key, index) => {
      if (typeof row[index] === 'string') return [key, row[index]] as const;
      throw new ModelError(
        `The model ${unload.table} gives rows without a value of '${key}', by which it is partitioned.`,
      );
    });
    return Object.fromEntries(pairs);
  });
}

/**
 * UNLOADs that together write every row of the given partitions once: each column cast to its contract's type, at most 100 partitions per
 * statement, and each statement below a folder of its own (`batch-0/`), since Athena wants it empty. A table without partitions is one
 * statement.
 */
export function unloadStatements(unload: Unload, partitions: readonly Partition[]): string[] {
  if (unload.partitionBy.length === 0) return [unloadText(unload, unload.target, '')];
  const count = Math.ceil(partitions.length / partitionsPerUnload);
  return Array.from({ length: count }, (_, batch) => {
    const from = batch * partitionsPerUnload;
    const chosen = partitions.slice(from, from + partitionsPerUnload);
    const wanted = chosen.map((partition) => partitionCondition(unload, partition)).join(' or ');
    // One batch has all there is, so that nothing needs to be chosen.
    return unloadText(unload, `${unload.target}batch-${batch}/`, count === 1 ? '' : wanted);
  });
}

/** The partition of a file that an UNLOAD wrote, by the names of its folders. */
export function partitionOfKey(key: string): Record<string, string> {
  const pairs = key.split('/').flatMap((folder) => {
    const [name, value] = folder.split('=', 2);
    if (name === undefined || value === undefined || !name.startsWith(copyPrefix)) return [];
    return [[name.slice(copyPrefix.length), decodeURIComponent(value)] as const];
  });
  return Object.fromEntries(pairs);
}

function unloadText(unload: Unload, target: string, wanted: string): string {
  const { sql, columns, partitionBy, condition, given } = unload;
  const list = columns.map(({ name, type }) => {
    const value = given.get(name) ?? identifier(name);
    return `cast(${value} as ${athenaType({ type })}) as ${identifier(name)}`;
  });
  // Athena takes the last columns of the SELECT as those of the partitions.
  const copies = partitionBy.map((key) => `${keyText(unload, key)} as ${identifier(copyPrefix + key)}`);
  const folders = partitionBy.map((key) => literal(copyPrefix + key)).join(', ');
  const partitioned = partitionBy.length === 0 ? '' : `, partitioned_by = ARRAY[${folders}]`;
  return `UNLOAD (select ${[...list, ...copies].join(', ')} from (${sql}\n) as built${where([condition, wanted])}) TO ${literal(target)} WITH (format = 'PARQUET', compression = 'ZSTD'${partitioned})`;
}

/** A partition's value as text, cast as the contract says before: equal values must be one partition. */
function keyText({ columns }: Unload, key: string): string {
  const type = columns.find(({ name }) => name === key)?.type ?? 'varchar';
  return `cast(cast(${identifier(key)} as ${athenaType({ type })}) as varchar)`;
}

function partitionCondition(unload: Unload, partition: Partition): string {
  const equal = unload.partitionBy.map((key) => {
    const value = partition[key];
    if (value === undefined) throw new TypeError(`A partition has no value of '${key}'.`);
    return `${keyText(unload, key)} = ${literal(value)}`;
  });
  return `(${equal.join(' and ')})`;
}

function where(conditions: readonly string[]): string {
  const all = conditions.filter((condition) => condition !== '').map((condition) => `(${condition})`);
  return all.length === 0 ? '' : ` where ${all.join(' and ')}`;
}
