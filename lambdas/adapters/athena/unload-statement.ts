import type { Column } from '../../domain/table.ts';

/** Athena writes at most so many partitions in one UNLOAD. */
export const partitionsPerUnload = 100;

export interface Unload {
  /** The model's SELECT. */
  readonly sql: string;
  readonly columns: readonly Column[];
  readonly partitionBy: readonly string[];
  /** Where the files go: `s3://bucket/prefix/`, with nothing below it yet. */
  readonly target: string;
}

/**
 * UNLOADs that together write every row of the given partitions once: each column cast to its contract's type, at most 100 partitions per
 * statement, and each statement below a folder of its own (`batch-0/`), since Athena wants it empty. A table without partitions is one
 * statement. The partitions are the distinct values, as text, of `partitionBy`.
 */
export function unloadStatements(unload: Unload, partitions: readonly Readonly<Record<string, string>>[]): string[] {
  if (unload.partitionBy.length === 0) return [unloadText(unload, unload.target, '')];
  const count = Math.ceil(partitions.length / partitionsPerUnload);
  return Array.from({ length: count }, (_, batch) => {
    const from = batch * partitionsPerUnload;
    const chosen = partitions.slice(from, from + partitionsPerUnload);
    const wanted = chosen.map((partition) => condition(unload.partitionBy, partition)).join(' or ');
    return unloadText(unload, `${unload.target}batch-${batch}/`, ` where ${wanted}`);
  });
}

function unloadText({ sql, columns, partitionBy }: Unload, target: string, where: string): string {
  // Athena takes the last columns of the SELECT as those of the partitions.
  const plain = columns.filter(({ name }) => !partitionBy.includes(name));
  const last = partitionBy.flatMap((key) => columns.filter(({ name }) => name === key));
  const list = [...plain, ...last].map(({ name, type }) => `cast("${name}" as ${athenaType(type)}) as "${name}"`);
  const folders =
    partitionBy.length === 0 ? '' : `, partitioned_by = ARRAY[${partitionBy.map((key) => text(key)).join(', ')}]`;
  return `UNLOAD (select ${list.join(', ')} from (${sql}\n) as built${where}) TO ${text(target)} WITH (format = 'PARQUET', compression = 'ZSTD'${folders})`;
}

function condition(keys: readonly string[], partition: Readonly<Record<string, string>>): string {
  const equal = keys.map((key) => {
    const value = partition[key];
    if (value === undefined) throw new TypeError(`A partition has no value of '${key}'.`);
    return `cast("${key}" as varchar) = ${text(value)}`;
  });
  return `(${equal.join(' and ')})`;
}

/** Milliseconds are what the contracts promise. */
function athenaType(type: Column['type']): string {
  return type === 'timestamp' ? 'timestamp(3)' : type;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
