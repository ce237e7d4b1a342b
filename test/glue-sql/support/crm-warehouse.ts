import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { readConfiguration } from '../../../lambdas/adapters/configuration-folder.ts';
import { DuckDbSqlParser } from '../../../lambdas/adapters/duckdb-sql-parser.ts';
import { compileWithRowChecks, rowChecks } from '../../../lambdas/domain/compile-checks.ts';
import type { CodeModel } from '../../../lambdas/domain/code-model.ts';
import { collectedRelations, type Configuration } from '../../../lambdas/domain/configuration.ts';
import type { Model } from '../../../lambdas/domain/model.ts';
import { salesforceBronzeTable } from '../../../lambdas/domain/salesforce-source.ts';
import { tableChecks } from '../../../lambdas/domain/table-checks.ts';
import type { Row } from '../reference/world.ts';
import { prelude, root } from './models.ts';

export type Fields = Readonly<Record<string, string | null>>;

/** Columns of a table with its typed texts: what a row of `fill` is made of. */
const nothingExtracted = { _source_system: 'salesforce', _extracted_at: '2025-07-01 00:00:00', _run_id: 'run-1' };

export async function projectConfiguration(overlay: string | null = null): Promise<Configuration> {
  return await readConfiguration({ config: `${root}/config`, sql: `${root}/glue-sql`, overlay }, new DuckDbSqlParser());
}

/** A DuckDB that speaks the dialect, with every bronze table of a configuration and the models that a test builds. */
export class CrmWarehouse {
  readonly connection: DuckDBConnection;
  readonly configuration: Configuration;

  private constructor(connection: DuckDBConnection, configuration: Configuration) {
    this.connection = connection;
    this.configuration = configuration;
  }

  /** `asOf` is the date of `run.parameters`; the other columns come from the configuration. */
  static async open(asOf = '2025-06-30', overlay: string | null = null): Promise<CrmWarehouse> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const warehouse = new CrmWarehouse(await instance.connect(), await projectConfiguration(overlay));
    const { connection, configuration } = warehouse;
    await connection.run(`${prelude}\n; create schema bronze; create schema silver; create schema gold; create schema run;
      create schema quarantine; create schema analytics`);
    await warehouse.setParameters(asOf);
    for (const { table, columns } of collectedRelations(configuration)) await warehouse.create(table, columns);
    for (const { table, contract } of configuration.models) await warehouse.create(table, contract.columns);
    return warehouse;
  }

  async setParameters(asOf: string, changes: Readonly<Record<string, string>> = {}): Promise<void> {
    const values = this.configuration.parameters.map(
      ({ name, type, value }) => `cast('${changes[name] ?? value}' as ${type}) as ${name}`,
    );
    await this.connection.run(
      `create or replace view run.parameters as select ${[`date '${asOf}' as as_of`, ...values].join(', ')}`,
    );
  }

  /** Appends versions of records as extraction would write them: field -> text. */
  async extracted(object: string, ...records: readonly Fields[]): Promise<void> {
    await this.fill(
      salesforceBronzeTable(object),
      records.map((record) => ({
        ...nothingExtracted,
        ...Object.fromEntries(Object.entries(record).map(([field, text]) => [field.toLowerCase(), text])),
      })),
    );
  }

  async fill(table: string, rows: readonly Fields[]): Promise<void> {
    for (const row of rows) {
      const columns = Object.keys(row).map((name) => `"${name}"`);
      const values = Object.values(row).map((value) => (value === null ? 'null' : `'${value.replaceAll("'", "''")}'`));
      await this.connection.run(`insert into ${table} (${columns.join(', ')}) values (${values.join(', ')})`);
    }
  }

  async empty(...tables: readonly string[]): Promise<void> {
    for (const table of tables) await this.connection.run(`truncate ${table}`);
  }

  /**
   * Builds tables as the writer would: in the order of the models, cast to their contracts, bad rows beside them. A mapped table comes
   * with the typed versions that it is made from.
   */
  async build(...tables: readonly string[]): Promise<void> {
    const named = this.configuration.models.filter((model) => tables.includes(model.table));
    if (named.length !== tables.length) throw new Error(`not all of these are models: ${tables.join(', ')}`);
    const inputs = new Set(named.flatMap((model) => model.inputs));
    const models = this.configuration.models.filter(
      (model) => named.includes(model) || (model.appendsFrom !== undefined && inputs.has(model.table)),
    );
    for (const model of models) await this.buildModel(model);
  }

  /** Everything that the tables are made from, and they themselves. */
  async buildAll(...tables: readonly string[]): Promise<void> {
    const wanted = new Set(tables);
    for (const model of this.configuration.models.toReversed()) {
      if (wanted.has(model.table)) for (const input of model.inputs) wanted.add(input);
    }
    const models = this.configuration.models.filter((model) => wanted.has(model.table));
    for (const model of models) await this.buildModel(model);
  }

  /** Names of the checks of a table that some row fails, with the number of rows their SQL returns. */
  async failedChecks(table: string): Promise<Record<string, number>> {
    const { checkSql, checkTables } = this.configuration;
    const checks = tableChecks(this.modelOf(table), checkSql, (file) => checkTables.get(file) ?? []);
    const failed: Record<string, number> = {};
    for (const { name, sql } of checks) {
      const rows = await this.rows(sql);
      if (rows.length > 0) failed[name] = rows.length;
    }
    return failed;
  }

  async rows(sql: string): Promise<Row[]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getRowObjectsJson() as Row[];
  }

  modelOf(table: string): Model {
    const model = this.configuration.models.find((candidate) => candidate.table === table);
    if (model === undefined) throw new Error(`no model makes ${table}`);
    return model;
  }

  /** A code model runs once for each of its tables: fixtures are small. Nothing was published before. */
  private async buildCode({ table, contract }: Model, code: CodeModel): Promise<void> {
    const inputs = new Map<string, readonly Row[]>();
    for (const input of code.inputs(this.configuration)) {
      if (input.table.startsWith('previous.')) continue;
      inputs.set(input.table, await this.rows(`select ${input.columns.join(', ')} from ${input.table}`));
    }
    const given = <Given>(name: string) => (inputs.get(name) ?? []) as readonly unknown[] as readonly Given[];
    const [parameters] = await this.rows('select cast(as_of as varchar) as as_of from run.parameters');
    const context = { configuration: this.configuration, asOf: String(parameters?.as_of) };
    const rows = code.compute(given, context).get(table) ?? [];
    await this.empty(table);
    const text = (row: object, name: string) => {
      const value: unknown = Reflect.get(row, name);
      return value === null ? null : String(value);
    };
    await this.fill(
      table,
      rows.map((row) => Object.fromEntries(contract.columns.map(({ name }) => [name, text(row, name)]))),
    );
  }

  private async buildModel(model: Model): Promise<void> {
    if (model.code !== undefined) return await this.buildCode(model, model.code);
    const casts = model.contract.columns.map(({ name, type }) => `cast(${name} as ${type}) as ${name}`).join(', ');
    const sql = compileWithRowChecks(model);
    const good = rowChecks(model).length === 0 ? '' : ' where _reasons is null';
    await this.connection.run(
      `create or replace table ${model.table} as select ${casts} from (${sql}) as model${good}`,
    );
    if (good === '') return;
    await this.connection.run(
      `create or replace table quarantine.${model.table.replace('.', '_')} as select * from (${sql}) as model where _reasons is not null`,
    );
  }

  private async create(table: string, columns: readonly { name: string; type: string }[]): Promise<void> {
    const list = columns.map(({ name, type }) => `"${name}" ${type === 'timestamp' ? 'timestamp_ms' : type}`);
    await this.connection.run(`create table ${table} (${list.join(', ')})`);
  }
}
