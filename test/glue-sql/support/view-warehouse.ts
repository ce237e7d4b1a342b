import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Configuration } from '../../../lambdas/domain/configuration.ts';
import type { View } from '../../../lambdas/domain/view.ts';
import { viewSelect } from '../../../lambdas/domain/view.ts';
import { projectConfiguration } from './crm-warehouse.ts';
import { prelude } from './models.ts';

export type Values = Readonly<Record<string, string | number | boolean | null>>;

/** A DuckDB that speaks the dialect, with every table that a view reads, empty. */
export class ViewWarehouse {
  readonly connection: DuckDBConnection;
  readonly configuration: Configuration;

  private constructor(connection: DuckDBConnection, configuration: Configuration) {
    this.connection = connection;
    this.configuration = configuration;
  }

  static async open(): Promise<ViewWarehouse> {
    const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
    const warehouse = new ViewWarehouse(connection, await projectConfiguration());
    await connection.run(`${prelude}\n; create schema analytics; create schema ops`);
    const tables = new Map(
      warehouse.configuration.views.flatMap(({ reads }) => reads.map((read) => [read.table, read])),
    );
    for (const { table, columns } of tables.values()) {
      const list = columns.map(({ name, type }) => `"${name}" ${type}`).join(', ');
      await connection.run(`create table ${table} (${list})`);
    }
    return warehouse;
  }

  /** Replaces the rows of a table; columns that a row lacks are null. */
  async fill(table: string, rows: readonly Values[]): Promise<void> {
    await this.connection.run(`truncate ${table}`);
    for (const row of rows) {
      const columns = Object.keys(row).map((name) => `"${name}"`);
      const values = Object.values(row).map((value) => (typeof value === 'string' ? `'${value}'` : String(value)));
      await this.connection.run(`insert into ${table} (${columns.join(', ')}) values (${values.join(', ')})`);
    }
  }

  /** All rows of a view, some of its columns, in the order of the first one asked for. */
  async ask(view: string, columns: string): Promise<unknown[][]> {
    const { contract, sql } = this.view(view);
    return await this.rows(`select ${columns} from (${viewSelect(contract, sql)}) order by all`);
  }

  async rows(sql: string): Promise<unknown[][]> {
    return (await this.connection.runAndReadAll(sql)).getRowsJson();
  }

  view(name: string): View {
    const found = this.configuration.views.find(({ view }) => view === `analytics.${name}`);
    if (found === undefined) throw new Error(`there is no view ${name}`);
    return found;
  }
}
