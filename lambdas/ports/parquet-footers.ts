import type { Column, DataFile } from '../domain/table.ts';

export interface FooterFacts extends DataFile {
  /** Column -> number of nulls, where the file tells it. */
  readonly nulls: Readonly<Record<string, number>>;
}

/** What Parquet files say about themselves, read without their rows. */
export interface ParquetFooters {
  /**
   * Facts of files that Athena wrote for a table, in the order given, after their columns were compared with what they should be. Throws
   * ModelError naming every difference.
   */
  verified(table: string, files: readonly FileToRead[], columns: readonly Column[]): Promise<FooterFacts[]>;
}

export interface FileToRead {
  readonly key: string;
  readonly bytes: number;
}
