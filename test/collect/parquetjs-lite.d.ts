/** The part of parquetjs-lite that the tests use: it writes Parquet independently of DuckDB. */
declare module 'parquetjs-lite' {
  interface Field {
    readonly type: string;
    readonly optional?: boolean;
    readonly repeated?: boolean;
    readonly compression?: 'UNCOMPRESSED' | 'GZIP' | 'SNAPPY';
  }

  class ParquetSchema {
    constructor(fields: Readonly<Record<string, Field>>);
  }

  class ParquetWriter {
    static openFile(schema: ParquetSchema, path: string): Promise<ParquetWriter>;
    appendRow(row: Readonly<Record<string, unknown>>): Promise<void>;
    close(): Promise<void>;
  }

  const parquet: { readonly ParquetSchema: typeof ParquetSchema; readonly ParquetWriter: typeof ParquetWriter };
  export type { Field };
  export default parquet;
}
