import type { SlicePartition, SliceRegistry } from '../../../lambdas/adapters/athena/slice-tables.ts';
import { athenaType, identifier, literal } from '../../../lambdas/adapters/athena/sql-text.ts';
import type { Column } from '../../../lambdas/domain/table.ts';
import { type TrinoClient, TrinoError } from './trino-client.ts';

/** Tables of slices in a schema of the Hive connector; `root` is the location of the folder that the keys are below. */
export class TrinoRegistry implements SliceRegistry {
  readonly database: string;
  readonly #client: TrinoClient;
  readonly #root: string;

  constructor(client: TrinoClient, database: string, root: string) {
    this.#client = client;
    this.database = database;
    this.#root = root;
  }

  async createTable(table: string, columns: readonly Column[]): Promise<void> {
    await this.#client.execute(`create schema if not exists ${identifier(this.database)}`);
    const list = columns.map(({ name, type }) => `${identifier(name)} ${athenaType(type)}`);
    await this.#client.execute(
      `create table if not exists ${identifier(this.database)}.${identifier(table)} (${list.join(', ')}, "_slice" varchar)
       with (format = 'PARQUET', partitioned_by = array['_slice'], external_location = ${literal(`${this.#root}/bronze`)})`,
    );
  }

  async addPartitions(table: string, _columns: readonly Column[], partitions: readonly SlicePartition[]) {
    for (const { value, folder } of partitions) {
      const names = `${literal(this.database)}, ${literal(table)}, array['_slice'], array[${literal(value)}]`;
      await this.#client
        .execute(`call system.register_partition(${names}, ${literal(`${this.#root}/${folder}`)})`)
        .catch((error: unknown) => {
          if (!(error instanceof TrinoError && error.errorName === 'ALREADY_EXISTS')) throw error;
        });
    }
  }
}
