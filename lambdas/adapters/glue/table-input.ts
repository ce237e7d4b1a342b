import type { StorageDescriptor, TableInput } from '@aws-sdk/client-glue';
import { type GlueColumn, sliceColumn } from '../../domain/glue-columns.ts';

/** How the files of a table are read. */
export type FileFormat = 'parquet' | 'json';

const formats = {
  parquet: {
    InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
    SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
  },
  json: {
    InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
    SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
  },
} as const satisfies Record<FileFormat, StorageDescriptor>;

/** A table whose rows lie below `location`, or, where it has slices, below the locations of its partitions. */
export function tableInput(
  name: string,
  columns: readonly GlueColumn[],
  format: FileFormat,
  location: string,
): TableInput {
  return {
    Name: name,
    TableType: 'EXTERNAL_TABLE',
    Parameters: { EXTERNAL: 'TRUE', classification: format },
    PartitionKeys: format === 'parquet' ? [{ Name: sliceColumn, Type: 'string' }] : [],
    StorageDescriptor: storage(columns, format, location),
  };
}

export function storage(columns: readonly GlueColumn[], format: FileFormat, location: string): StorageDescriptor {
  return {
    Columns: columns.map(({ name, type }) => ({ Name: name, Type: type })),
    Location: location,
    ...formats[format],
  };
}

export function columnsOf(storageDescriptor: StorageDescriptor | undefined): GlueColumn[] {
  return (storageDescriptor?.Columns ?? []).map(({ Name = '', Type = '' }) => ({ name: Name, type: Type }));
}
