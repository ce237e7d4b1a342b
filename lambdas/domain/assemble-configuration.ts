import { assembleViews, type ViewSource } from './assemble-views.ts';
import { contractColumns } from './bronze-table.ts';
import { contractProblems } from './contract-problems.ts';
import { compileAnalytics, personalDataProblems } from './compile-analytics.ts';
import { compileFx } from './compile-fx.ts';
import { compileMapping } from './compile-mapping.ts';
import { compileVersion } from './compile-version.ts';
import { compileSilver, referredColumn, referredTable } from './compile-silver.ts';
import { collectedRelations, type Configuration } from './configuration.ts';
import type { Dataset } from './dataset.ts';
import { ConfigurationError } from './errors.ts';
import { type FxConfig, lakeCurrency } from './fx-config.ts';
import type { Mapping } from './mapping.ts';
import { type MetricsConfig, metricParameters } from './metrics-config.ts';
import { compileStandings } from './customer-360/compile-standings.ts';
import type { AccountLinksConfig } from './linking/account-links-config.ts';
import type { CompanyNamesConfig } from './linking/company-names-config.ts';
import { codeModelProblems, declaredCodeModel } from './declared-code-model.ts';
import { type Model, type ModelContract, splitInputs } from './model.ts';
import { orderModels } from './model-graph.ts';
import type { SalesforceSource } from './salesforce-source.ts';
import { stableHash } from './stable-hash.ts';
import type { TableName } from './table.ts';
import type { TerritoriesConfig } from './territories/territories-config.ts';

export interface ModelSource {
  readonly path: string;
  /** Null for a table that a code model makes. */
  readonly sql: string | null;
  readonly contract: ModelContract;
}

export interface ConfigurationParts {
  readonly datasets: readonly Dataset[];
  readonly salesforce: SalesforceSource | null;
  readonly mappings: readonly Mapping[];
  readonly fx: FxConfig | null;
  readonly territories: TerritoriesConfig | null;
  readonly accountLinks: AccountLinksConfig | null;
  readonly companyNames: CompanyNamesConfig | null;
  readonly metrics: MetricsConfig | null;
  readonly models: readonly ModelSource[];
  readonly views: readonly ViewSource[];
  readonly checkSql: ReadonlyMap<string, string>;
}

type Parse = (sql: string) => Promise<{
  tables: readonly string[];
  columns: readonly string[];
  nodes: readonly string[];
  singleSelect: boolean;
}>;

const parametersTable = 'run.parameters';

/** Puts the declared parts together and checks them against each other. Throws ConfigurationError with all problems. */
export async function assembleConfiguration(
  parts: ConfigurationParts,
  parse: Parse,
  problems: string[],
): Promise<Configuration> {
  // What a file that cannot be used would have made is missing to others; that goes away with it.
  const complete = problems.length === 0;
  problems.push(...sharedTableProblems(parts.datasets));
  for (const dataset of parts.datasets) problems.push(...(await contractProblems(dataset, parse)));
  const written = await Promise.all(
    parts.models.map((source) =>
      source.sql === null
        ? declaredCodeModel(source, parts, checksHash(source.contract, parts.checkSql), problems)
        : writtenModel({ ...source, sql: source.sql }, parts.checkSql, parse, problems),
    ),
  );
  const made = [...compiledModels(parts), ...written.filter((model) => model !== null)];
  const models = [...made, ...compileAnalytics(made)];
  problems.push(...personalDataProblems(made));
  problems.push(...twice(models.map((model) => model.table)).map((table) => `two models make the table ${table}`));
  const checkTables = new Map<string, TableName[]>();
  for (const [file, sql] of parts.checkSql)
    checkTables.set(file, await tablesOf(`glue-sql/checks/${file}`, sql, parse, problems));
  const views = await assembleViews(parts.views, models, parse, problems);
  const draft = {
    datasets: parts.datasets,
    salesforce: parts.salesforce,
    mappings: parts.mappings,
    fx: parts.fx,
    territories: parts.territories,
    accountLinks: parts.accountLinks,
    companyNames: parts.companyNames,
    models,
    views,
    parameters: parts.metrics === null ? [] : metricParameters(parts.metrics),
  };
  const relations = collectedRelations({ ...draft, checkSql: parts.checkSql, checkTables, hash: '' });
  const graph = orderModels(models, new Set(relations.map((relation) => relation.table)));
  problems.push(...graph.cycles, ...checkProblems(models, parts.checkSql));
  if (complete)
    problems.push(...graph.unknownTables, ...referenceProblems(models), ...codeModelProblems(models, relations, parts));
  if (problems.length > 0) throw new ConfigurationError([...new Set(problems)]);
  const hash = stableHash(JSON.stringify([draft, [...parts.checkSql]]));
  return { ...draft, models: graph.ordered, checkSql: parts.checkSql, checkTables, hash };
}

function compiledModels({ datasets, mappings, fx, metrics }: ConfigurationParts): Model[] {
  const currency = fx?.default_currency ?? lakeCurrency;
  const byTable = new Map<string, [Dataset, ...Dataset[]]>();
  for (const dataset of datasets) {
    const sharing = byTable.get(dataset.table);
    if (sharing === undefined) byTable.set(dataset.table, [dataset]);
    else sharing.push(dataset);
  }
  return [
    ...(fx === null ? [] : compileFx(fx)),
    ...[...byTable].map(([table, sharing]) => compileSilver(table, sharing, currency)),
    ...(metrics === null ? [] : compileStandings(metrics.customer_360)),
    ...mappings.flatMap((mapping) => [compileVersion(mapping), compileMapping(mapping, currency)]),
  ];
}

async function writtenModel(
  source: ModelSource & { sql: string },
  checkSql: ReadonlyMap<string, string>,
  parse: Parse,
  problems: string[],
): Promise<Model | null> {
  const tables = splitInputs(await tablesOf(source.path, source.sql, parse, problems));
  const references = source.contract.checks.filter(
    (check) => check.check === 'reference' && check.severity === 'quarantine',
  );
  const inputs = new Set<TableName>([...tables.inputs, ...references.map((check) => referredTable(check))]);
  const readsParameters = await readsRun(source.sql, parse);
  return {
    table: source.contract.table,
    sql: source.sql.trim(),
    contract: source.contract,
    checksHash: checksHash(source.contract, checkSql),
    inputs: [...inputs],
    previous: tables.previous,
    readsParameters,
    datasets: [],
    incrementalFrom: source.contract.incremental_from ?? null,
    rowsFrom: source.contract.rows_from,
  };
}

function checksHash(contract: ModelContract, checkSql: ReadonlyMap<string, string>): string {
  const named = contract.checks.map((check) => checkSql.get(check.file ?? '') ?? '');
  return stableHash(JSON.stringify([contract.key, contract.checks, named]));
}

async function readsRun(sql: string, parse: Parse): Promise<boolean> {
  try {
    return (await parse(sql)).tables.includes(parametersTable);
  } catch {
    return false;
  }
}

async function tablesOf(path: string, sql: string, parse: Parse, problems: string[]): Promise<TableName[]> {
  try {
    const shape = await parse(sql);
    if (!shape.singleSelect) problems.push(`${path}: expected one SELECT`);
    const bare = shape.tables.filter((table) => !table.includes('.'));
    problems.push(
      ...bare.map((table) => `${path}: the table '${table}' needs its layer in front, like silver.${table}`),
    );
    return shape.tables.filter((table): table is TableName => table.includes('.') && table !== parametersTable);
  } catch (error) {
    problems.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

/** Datasets that fill one table must agree on what it looks like. */
function sharedTableProblems(datasets: readonly Dataset[]): string[] {
  const problems = twice(datasets.map((dataset) => dataset.dataset)).map(
    (name) => `two contracts declare dataset '${name}'`,
  );
  const first = new Map<string, Dataset>();
  for (const dataset of datasets) {
    const other = first.get(dataset.table);
    if (other === undefined) {
      first.set(dataset.table, dataset);
      continue;
    }
    const shape = (one: Dataset) =>
      JSON.stringify([
        contractColumns(one).map(({ name, type }) => `${name} ${type}`),
        one.kind,
        one.key,
        one.partition,
        { ...one.money, convert: null },
      ]);
    if (shape(dataset) !== shape(other)) {
      problems.push(
        `datasets '${other.dataset}' and '${dataset.dataset}' fill the table ${dataset.table}, so they need the same columns, types, order, kind, key, partition and money`,
      );
    }
  }
  return problems;
}

function referenceProblems(models: readonly Model[]): string[] {
  const byTable = new Map(models.map((model) => [model.table, model]));
  return models.flatMap(({ table, contract }) =>
    contract.checks
      .filter((check) => check.to !== undefined)
      .filter((check) => {
        const target = byTable.get(referredTable(check));
        return !target?.contract.columns.some((column) => column.name === referredColumn(check));
      })
      .map((check) => `${table}: ${check.reason ?? 'reference'} refers to ${check.to}, which does not exist`),
  );
}

function checkProblems(models: readonly Model[], checkSql: ReadonlyMap<string, string>): string[] {
  const byTable = new Map(models.map((model) => [model.table, model]));
  return models.flatMap((model) => {
    const columns = model.contract.columns.map((column) => column.name);
    const named = [...model.contract.key, ...model.contract.partition_by];
    const problems = named
      .filter((column) => !columns.includes(column))
      .map((column) => `${model.table}: key or partition names the unknown column '${column}'`);
    const source = model.incrementalFrom === null ? undefined : byTable.get(model.incrementalFrom);
    if (source !== undefined && String(source.contract.partition_by) !== String(model.contract.partition_by)) {
      problems.push(
        `${model.table}: incremental_from ${source.table} needs the same partition_by: ${source.contract.partition_by.join(', ')}`,
      );
    }
    const { rows_from: rowsFrom } = model.contract;
    if (rowsFrom !== undefined && !model.inputs.includes(rowsFrom)) {
      problems.push(`${model.table}: rows_from names ${rowsFrom}, which it does not read: ${model.inputs.join(', ')}`);
    }
    for (const check of model.contract.checks) {
      for (const column of [check.column, ...(check.columns ?? [])]) {
        if (column !== undefined && !columns.includes(column)) {
          problems.push(
            `${model.table}: check ${check.check} names the unknown column '${column}'; columns: ${columns.join(', ')}`,
          );
        }
      }
      if (check.check === 'sql' && !checkSql.has(check.file ?? '')) {
        problems.push(`${model.table}: the check file glue-sql/checks/${check.file} does not exist`);
      }
    }
    return problems;
  });
}

function twice(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
