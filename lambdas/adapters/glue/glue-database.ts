import { setTimeout as wait } from 'node:timers/promises';
import {
  BatchCreatePartitionCommand,
  BatchDeletePartitionCommand,
  CreateTableCommand,
  DeleteTableCommand,
  GetTableCommand,
  type GlueClient,
  type PartitionError,
  paginateGetPartitions,
  paginateGetTables,
  type PartitionInput,
  type Table,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { type GlueColumn, grownColumns, sameColumns } from '../../domain/glue-columns.ts';
import { called, faultOf, serviceError } from '../aws/service-error.ts';
import { columnsOf, type FileFormat, tableInput } from './table-input.ts';

/** Glue's most partitions in one call. */
const createdAtOnce = 100;
const deletedAtOnce = 25;

/** A call may succeed for some partitions and fail for others: those are asked for again. */
const partitionTries = 4;
const pauseMilliseconds = 100;

/** Tables and partitions of one database of the Glue catalog. Whatever is asked for twice is done once. Failures are errors of ours. */
export class GlueDatabase {
  readonly name: string;
  readonly #client: GlueClient;

  constructor(client: GlueClient, name: string) {
    this.#client = client;
    this.name = name;
  }

  /** All tables and views. */
  async tables(): Promise<Table[]> {
    return await called(`listing the tables of ${this.name}`, async () => {
      const pages = paginateGetTables({ client: this.#client }, { DatabaseName: this.name });
      return (await Array.fromAsync(pages)).flatMap(({ TableList = [] }) => TableList);
    });
  }

  /** Creates the table, or gives it the columns that it lacks. Returns the columns that it has then. */
  async grow(name: string, wanted: readonly GlueColumn[], format: FileFormat, location: string): Promise<GlueColumn[]> {
    const input = (columns: readonly GlueColumn[]) => ({
      DatabaseName: this.name,
      TableInput: tableInput(name, columns, format, location),
    });
    const known = (await this.#columns(name)) ?? [];
    const columns = grownColumns(known, wanted);
    if (sameColumns(known, columns)) return columns;
    const doing = `giving the table ${this.name}.${name} its columns`;
    if (known.length > 0) await called(doing, () => this.#client.send(new UpdateTableCommand(input(columns))));
    else {
      await this.#client.send(new CreateTableCommand(input(columns))).catch((error: unknown) => {
        // An earlier try whose answer was lost.
        if (faultOf(error).name !== 'AlreadyExistsException') throw serviceError(error, doing);
      });
    }
    return columns;
  }

  async remove(name: string): Promise<void> {
    const command = new DeleteTableCommand({ DatabaseName: this.name, Name: name });
    await this.#client.send(command).catch((error: unknown) => {
      if (faultOf(error).name !== 'EntityNotFoundException') throw serviceError(error, `removing ${this.name}.${name}`);
    });
  }

  /** Values of the partition column of a table; none when there is no such table. */
  async partitions(table: string): Promise<string[]> {
    const input = { DatabaseName: this.name, TableName: table, ExcludeColumnSchema: true };
    try {
      const pages = await Array.fromAsync(paginateGetPartitions({ client: this.#client }, input));
      return pages.flatMap(({ Partitions = [] }) => Partitions.map(({ Values }) => Values?.[0] ?? ''));
    } catch (error) {
      if (faultOf(error).name === 'EntityNotFoundException') return [];
      throw serviceError(error, `listing the partitions of ${this.name}.${table}`);
    }
  }

  async addPartitions(table: string, partitions: readonly PartitionInput[]): Promise<void> {
    await this.#inBatches(partitions, createdAtOnce, 'AlreadyExistsException', `adding slices to ${table}`, (batch) =>
      this.#client.send(
        new BatchCreatePartitionCommand({
          DatabaseName: this.name,
          TableName: table,
          PartitionInputList: [...batch],
        }),
      ),
    );
  }

  async removePartitions(table: string, values: readonly string[]): Promise<void> {
    const partitions = values.map((value) => ({ Values: [value] }));
    await this.#inBatches(
      partitions,
      deletedAtOnce,
      'EntityNotFoundException',
      `removing slices of ${table}`,
      (batch) =>
        this.#client.send(
          new BatchDeletePartitionCommand({
            DatabaseName: this.name,
            TableName: table,
            PartitionsToDelete: batch.map(({ Values }) => ({ Values })),
          }),
        ),
    );
  }

  /** Null when there is no such table. */
  async #columns(name: string): Promise<GlueColumn[] | null> {
    try {
      const { Table: table } = await this.#client.send(new GetTableCommand({ DatabaseName: this.name, Name: name }));
      return columnsOf(table?.StorageDescriptor);
    } catch (error) {
      if (faultOf(error).name === 'EntityNotFoundException') return null;
      throw serviceError(error, `looking at the table ${this.name}.${name}`);
    }
  }

  async #inBatches<T extends { Values?: string[] | undefined }>(
    all: readonly T[],
    size: number,
    done: string,
    doing: string,
    send: (batch: readonly T[]) => Promise<{ Errors?: PartitionError[] | undefined }>,
  ): Promise<void> {
    for (let first = 0; first < all.length; first += size) {
      let batch = all.slice(first, first + size);
      for (let attempt = 1; batch.length > 0; attempt += 1) {
        const { Errors = [] } = await called(doing, () => send(batch));
        const faults = Errors.filter(({ ErrorDetail }) => ErrorDetail?.ErrorCode !== done);
        const failed = new Set(faults.map(({ PartitionValues }) => PartitionValues?.[0]));
        batch = batch.filter(({ Values }) => failed.has(Values?.[0]));
        if (batch.length === 0) break;
        if (attempt === partitionTries) throw partitionFault(faults[0], doing);
        await wait(pauseMilliseconds * attempt);
      }
    }
  }
}

function partitionFault(fault: PartitionError | undefined, doing: string): Error {
  const { ErrorCode = 'Unknown', ErrorMessage = '' } = fault?.ErrorDetail ?? {};
  return serviceError(Object.assign(new Error(ErrorMessage), { name: ErrorCode }), doing);
}
