import {
  BatchCreatePartitionCommand,
  CreateTableCommand,
  type GlueClient,
  type StorageDescriptor,
} from '@aws-sdk/client-glue';
import { glueType } from '../../domain/glue-type.ts';
import type { Column } from '../../domain/table.ts';
import { called, faultOf, serviceError } from '../aws/service-error.ts';
import type { SlicePartition, SliceRegistry } from './slice-tables.ts';

/** Glue's most partitions in one call. */
const partitionsPerCall = 100;

/** Tables of slices in a database of the Glue catalog. */
export class GlueRegistry implements SliceRegistry {
  readonly database: string;
  readonly #client: GlueClient;
  readonly #lakeUri: string;

  /** `lakeUri` is the lake's bucket, `s3://<bucket>`. */
  constructor(client: GlueClient, database: string, lakeUri: string) {
    this.#client = client;
    this.database = database;
    this.#lakeUri = lakeUri;
  }

  async createTable(table: string, columns: readonly Column[]): Promise<void> {
    const input = {
      Name: table,
      TableType: 'EXTERNAL_TABLE',
      Parameters: { EXTERNAL: 'TRUE', classification: 'parquet' },
      PartitionKeys: [{ Name: '_slice', Type: 'string' }],
      // Every partition has a location of its own; nothing is read from the table's.
      StorageDescriptor: this.#storage(columns, 'catalog/unused'),
    };
    const command = new CreateTableCommand({ DatabaseName: this.database, TableInput: input });
    await this.#client.send(command).catch((error: unknown) => {
      if (faultOf(error).name !== 'AlreadyExistsException') throw serviceError(error, `creating the table ${table}`);
    });
  }

  async addPartitions(table: string, columns: readonly Column[], partitions: readonly SlicePartition[]): Promise<void> {
    for (let first = 0; first < partitions.length; first += partitionsPerCall) {
      const batch = partitions.slice(first, first + partitionsPerCall);
      const command = new BatchCreatePartitionCommand({
        DatabaseName: this.database,
        TableName: table,
        PartitionInputList: batch.map(({ value, folder }) => ({
          Values: [value],
          StorageDescriptor: this.#storage(columns, folder),
        })),
      });
      const doing = `adding partitions to the table ${table}`;
      const answer = await called(doing, () => this.#client.send(command));
      const fault = (answer.Errors ?? []).find(
        ({ ErrorDetail }) => ErrorDetail?.ErrorCode !== 'AlreadyExistsException',
      );
      if (fault === undefined) continue;
      const name = fault.ErrorDetail?.ErrorCode ?? 'Unknown';
      throw serviceError(Object.assign(new Error(fault.ErrorDetail?.ErrorMessage ?? ''), { name }), doing);
    }
  }

  #storage(columns: readonly Column[], folder: string): StorageDescriptor {
    return {
      Columns: columns.map(({ name, type }) => ({ Name: name, Type: glueType(type) })),
      Location: `${this.#lakeUri}/${folder}/`,
      InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
    };
  }
}
