import { z } from 'zod';
import type { Bucket } from './athena-statements.ts';
import { type TrinoClient, TrinoError } from './trino-client.ts';

const storageSchema = z.object({
  Columns: z.array(z.object({ Name: z.string(), Type: z.string() })),
  Location: z.string(),
  InputFormat: z.literal('org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat'),
});
const createSchema = z.object({
  DatabaseName: z.string(),
  TableInput: z.object({
    Name: z.string(),
    PartitionKeys: z.array(z.object({ Name: z.string(), Type: z.string() })),
    StorageDescriptor: storageSchema,
  }),
});
const partitionsSchema = z.object({
  DatabaseName: z.string(),
  TableName: z.string(),
  PartitionInputList: z.array(z.object({ Values: z.array(z.string()), StorageDescriptor: storageSchema })).max(100),
});

/** Tables and partitions of the Glue catalog, as Trino's Hive connector has them. */
export class GlueTables {
  readonly #client: TrinoClient;
  readonly #bucket: Bucket;

  constructor(client: TrinoClient, bucket: Bucket) {
    this.#client = client;
    this.#bucket = bucket;
  }

  /** False when the table is there already. */
  async create(input: unknown): Promise<boolean> {
    const { DatabaseName, TableInput } = createSchema.parse(input);
    const { Name, PartitionKeys, StorageDescriptor } = TableInput;
    await this.#client.execute(`create schema if not exists "${DatabaseName}"`);
    const columns = [...StorageDescriptor.Columns, ...PartitionKeys].map(
      (column) => `"${column.Name}" ${trinoType(column.Type)}`,
    );
    const keys = PartitionKeys.map((key) => `'${key.Name}'`).join(', ');
    // Trino wants the table's own location to exist; nothing lies there.
    const options = `format = 'PARQUET', partitioned_by = array[${keys}], external_location = '${this.#bucket.location}'`;
    return await this.#unlessThere(
      `create table "${DatabaseName}"."${Name}" (${columns.join(', ')}) with (${options})`,
    );
  }

  /** The partitions that were there already, as Glue tells them. */
  async addPartitions(input: unknown): Promise<unknown[]> {
    const { DatabaseName, TableName, PartitionInputList } = partitionsSchema.parse(input);
    const errors: unknown[] = [];
    for (const { Values, StorageDescriptor } of PartitionInputList) {
      const values = Values.map((value) => `'${value}'`).join(', ');
      const root = `s3://${this.#bucket.name}`;
      const location = `${this.#bucket.location}${StorageDescriptor.Location.slice(root.length)}`;
      const added = await this.#unlessThere(
        `call system.register_partition('${DatabaseName}', '${TableName}', array['_slice'], array[${values}], '${location}')`,
      );
      if (!added) errors.push({ PartitionValues: Values, ErrorDetail: { ErrorCode: 'AlreadyExistsException' } });
    }
    return errors;
  }

  async #unlessThere(sql: string): Promise<boolean> {
    try {
      await this.#client.execute(sql);
      return true;
    } catch (error) {
      if (error instanceof TrinoError && /ALREADY_EXISTS/.test(error.errorName)) return false;
      throw error;
    }
  }
}

function trinoType(type: string): string {
  const names: Readonly<Record<string, string>> = { string: 'varchar', int: 'integer', timestamp: 'timestamp(3)' };
  return names[type] ?? type;
}
