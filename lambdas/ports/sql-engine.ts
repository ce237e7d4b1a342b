import type { InputRow } from '../domain/code-model.ts';
import type { Column, Slice, TableName, TableVersion } from '../domain/table.ts';
import type { View } from '../domain/view.ts';

/** One table, or some partitions of it, to be computed and written. */
export interface Build {
  readonly table: TableName;
  readonly columns: readonly Column[];
  readonly partitionBy: readonly string[];
  /** Set when one known partition is computed: every row of the SELECT belongs to it. Then `partitionBy` is not used. */
  readonly partition?: Readonly<Record<string, string>> | undefined;
  /** A SELECT whose rows have the columns above, and `_reasons` (varchar) where `quarantines` is set. */
  readonly sql: string;
  /** Set when code computed the rows: these, by the columns above, are written, and no SQL runs. Dates and decimals are text. */
  readonly rowsGiven?: readonly object[] | undefined;
  /** Rows whose `_reasons` is not null go to the quarantine table instead. */
  readonly quarantines: boolean;
  /** How many rows the SELECT has, where that is known before: when all of them are accepted, none is looked for in quarantine. */
  readonly rows?: number | undefined;
  /** Versions of the tables that the SQL reads. */
  readonly inputs: readonly TableVersion[];
  /** The one row of `run.parameters`: column -> typed value. */
  readonly parameters: readonly Parameter[];
  readonly runId: string;
  readonly asOf: string;
  /** Key prefix that no other attempt has: `<layer>/<table>/run=<runId>/<attempt>`. */
  readonly prefix: string;
  /** The same for quarantined rows. */
  readonly quarantinePrefix: string;
}

export interface Parameter {
  readonly name: string;
  readonly type: Column['type'];
  readonly value: string;
}

export interface Built {
  readonly slices: readonly Slice[];
  readonly quarantine: readonly Slice[];
  /** Quarantined rows by reason text. */
  readonly reasons: readonly { reason: string; rows: number }[];
  /** Bytes that the engine read and charges for; not set where reading is free. */
  readonly bytesScanned?: number | undefined;
}

export interface Query {
  readonly sql: string;
  readonly tables: readonly TableVersion[];
  readonly parameters?: readonly Parameter[];
  /** Views that the SQL reads; the tables that they read are among `tables`. */
  readonly views?: readonly View[];
  /** At most so many rows are fetched. */
  readonly limit?: number;
  /** Set when more queries of the same tables follow: tables of many small files are then read once and kept. */
  readonly keepTables?: boolean;
}

export interface QueryResult {
  readonly columns: readonly { name: string; type: string }[];
  /** Values as JSON-safe text, number, boolean or null: decimals and bigints beyond 2^53 are text. */
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  /** True when `limit` cut the result. */
  readonly truncated: boolean;
  /** As of Built. */
  readonly bytesScanned?: number | undefined;
}

/** Computes tables and answers queries. Names resolve only to the versions handed in. */
export interface SqlEngine {
  /** Writes the table's slices, verifies the files against the columns, and returns what it wrote. Throws ModelError. */
  materialise(build: Build, signal: AbortSignal): Promise<Built>;
  /** The rows of one version, for code: see InputRow. Quicker than a query for many rows. Throws QueryError. */
  rows(version: TableVersion, columns: readonly string[], signal?: AbortSignal): Promise<InputRow[]>;
  /** Runs one reading statement. Throws QueryError. */
  query(query: Query, signal?: AbortSignal): Promise<QueryResult>;
}
