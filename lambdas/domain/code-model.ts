import type { AccountLinksConfig } from './linking/account-links-config.ts';
import type { CompanyNamesConfig } from './linking/company-names-config.ts';
import type { TableName } from './table.ts';
import type { TerritoriesConfig } from './territories/territories-config.ts';

/** What code models may take from the configuration. */
export interface CodeSettings {
  readonly territories: TerritoriesConfig | null;
  readonly accountLinks: AccountLinksConfig | null;
  readonly companyNames: CompanyNamesConfig | null;
}

/** A table that a code model reads. */
export interface CodeInput {
  /** `layer.table`, or `previous.layer_table`: that table as it was published last; empty before the first time. */
  readonly table: TableName;
  /** The columns it needs. */
  readonly columns: readonly string[];
}

/**
 * Rows of an input, by column: dates are YYYY-MM-DD and decimals text, as stored; whole numbers are numbers where these hold them exactly.
 */
export type InputRow = Readonly<Record<string, string | number | boolean | null>>;

/**
 * A model that SQL cannot make well: a pure function from rows to rows. It may make several tables at once; each of them has a `.yml`
 * that names it as `code`, and is written, checked and published like any other.
 */
export interface CodeModel {
  readonly name: string;
  /** To be raised when the same input comes to give another output: then the tables are made again. */
  readonly version: number;
  readonly tables: readonly TableName[];
  /** Whether the output depends on the run's date. */
  readonly usesAsOf: boolean;
  /** The settings that the output depends on: the tables are made again when they change. */
  readonly settings: (configuration: CodeSettings) => unknown;
  readonly inputs: (configuration: CodeSettings) => readonly CodeInput[];
  /** Rows of each of `tables`, with the columns of its contract. `rows` gives an input's, whose contract vouches for the type asked for. */
  readonly compute: (
    rows: <Row = InputRow>(table: TableName) => readonly Row[],
    context: { readonly configuration: CodeSettings; readonly asOf: string },
  ) => ReadonlyMap<TableName, readonly object[]>;
}
