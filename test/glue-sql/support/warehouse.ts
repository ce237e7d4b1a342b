import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { hundredths } from '../reference/arithmetic.ts';
import { monthOf } from '../reference/calendar.ts';
import type { Row, World } from '../reference/world.ts';
import { parametersOf, prelude, readModel, salesModels } from './models.ts';

const inputTables = `
create schema silver; create schema gold; create schema run;
create table silver.sales_line (
  customer_id varchar, store_id varchar, product_name varchar, sales_date date, sales_person_id varchar, price decimal(18,4),
  quantity bigint, total_cost decimal(18,2), transaction_id varchar, currency varchar, sales_month varchar,
  additional_columns varchar, _source_system varchar, _source_file varchar, _source_line bigint, _file_sha256 varchar,
  _flags varchar, _extracted_at timestamp_ms);
create table silver.customer (
  customer_id varchar, first_name varchar, last_name varchar, address varchar, pincode varchar, phone_number varchar,
  customer_joining_date date);
create table silver.sales_person (
  id varchar, first_name varchar, last_name varchar, manager_id varchar, is_manager boolean, address varchar, pincode varchar,
  joining_date date);`;

/** A DuckDB that speaks the dialect, with the tables that the sales models read. */
export class Warehouse {
  readonly connection: DuckDBConnection;

  private constructor(connection: DuckDBConnection) {
    this.connection = connection;
  }

  static async open(): Promise<Warehouse> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const warehouse = new Warehouse(await instance.connect());
    await warehouse.connection.run(prelude);
    await warehouse.connection.run(inputTables);
    return warehouse;
  }

  /** Replaces the inputs, then builds every sales model as the writer would: its SELECT as it stands, cast to its contract. */
  async build(world: World): Promise<void> {
    await this.load(world);
    for (const { table, sql, columns } of models) {
      const casts = columns.map(({ name, type }) => `cast(${name} as ${type}) as ${name}`).join(', ');
      await this.connection.run(`create or replace table ${table} as select ${casts} from (${sql}) as model`);
    }
  }

  async load(world: World): Promise<void> {
    const parameters = parametersOf(world.asOf, world.settings).map(
      ({ name, type, value }) => `cast(${text(value)} as ${type}) as ${name}`,
    );
    await this.connection.run(`create or replace view run.parameters as select ${parameters.join(', ')}`);
    await this.fill(
      'silver.sales_line (customer_id, store_id, sales_person_id, sales_date, sales_month, total_cost, transaction_id, _file_sha256, _source_line)',
      world.lines.map((line) => [
        text(line.customerId),
        text(line.storeId),
        text(line.salesPersonId),
        text(line.salesDate),
        text(monthOf(line.salesDate)),
        hundredths(line.cents),
        text(line.transactionId),
        text(line.file),
        String(line.lineNumber),
      ]),
    );
    await this.fill(
      'silver.customer (customer_id, first_name, last_name, address, pincode, phone_number)',
      world.customers.map((customer) =>
        [
          customer.customerId,
          customer.firstName,
          customer.lastName,
          customer.address,
          customer.pincode,
          customer.phoneNumber,
        ].map(text),
      ),
    );
    await this.fill(
      'silver.sales_person (id, first_name, last_name)',
      world.salesPeople.map((person) => [person.id, person.firstName, person.lastName].map(text)),
    );
  }

  async rows(sql: string): Promise<Row[]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getRowObjectsJson() as Row[];
  }

  /** Builds everything and returns the rows of one table, in the order of its first columns. */
  async mart(given: World, name: string): Promise<Row[]> {
    await this.build(given);
    return await this.rows(`select * from ${name} order by 1, 2, 3, 4`);
  }

  async table(name: string): Promise<Row[]> {
    return await this.rows(`select * from ${name}`);
  }

  private async fill(target: string, rows: readonly (readonly string[])[]): Promise<void> {
    await this.connection.run(`truncate ${target.slice(0, target.indexOf(' '))}`);
    if (rows.length === 0) return;
    await this.connection.run(`insert into ${target} values ${rows.map((row) => `(${row.join(', ')})`).join(', ')}`);
  }
}

const models = salesModels.map((path) => {
  const { sql, contract } = readModel(path);
  return { table: contract.table, sql, columns: contract.columns };
});

function text(value: string | null): string {
  return value === null ? 'null' : `'${value.replaceAll("'", "''")}'`;
}
