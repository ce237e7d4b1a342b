import { bytesOf, type TableVersion } from './table.ts';

export const engineChoices = ['auto', 'duckdb', 'athena'] as const;
/** What a run is told; `auto` decides for each table and query by what it reads. */
export type EngineChoice = (typeof engineChoices)[number];

/** What the machine that runs DuckDB has, in bytes. */
export interface EngineLimits {
  readonly memory: number;
  /** For the files that are read, and for what does not fit into memory. */
  readonly disk: number;
}

/** A byte of Parquet becomes about so many in memory. */
const expansion = 8;
/** Shares of what the machine has, for the rows of a table and for files; what is left is for operators and for results. */
const shares = { memory: 0.6, disk: 0.7 };

/** True when DuckDB is expected to read so many bytes of Parquet and compute with their rows, spilling what does not fit into memory. */
export function fitsDuckDb(compressed: number, { memory, disk }: EngineLimits): boolean {
  const left = disk * shares.disk - compressed;
  return left >= 0 && compressed * expansion <= memory * shares.memory + left;
}

/** True of an input so small that a machine does not die over it: then it is not noted that DuckDB tries. */
export function isHarmless(compressed: number, { memory }: EngineLimits): boolean {
  return compressed * expansion <= memory * 0.1;
}

/** With nearly as much input as DuckDB failed with once (bytes, as the ledger's note has them) it would fail again. */
export function failsAgain(compressed: number, failedWith: string): boolean {
  return compressed >= 0.8 * Number(failedWith);
}

/** Bytes of the Parquet files that a statement reads. */
export function inputBytes(versions: readonly TableVersion[]): number {
  return versions.reduce((sum, version) => sum + bytesOf(version), 0);
}
