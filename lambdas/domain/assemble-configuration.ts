import { assembleViews, type ViewSource } from './assemble-views.ts';
import { contractProblems, sharedTableProblems } from './contract-problems.ts';
import { compileAnalytics, personalDataProblems } from './compile-analytics.ts';
import { compileFx } from './compile-fx.ts';
import { compileMapping } from './compile-mapping.ts';
import { compileVersion } from './compile-version.ts';
import { compileSilver } from './compile-silver.ts';
import { collectedRelations, type Configuration } from './configuration.ts';
import type { Dataset } from './dataset.ts';
import { ConfigurationError } from './errors.ts';
import { lakeCurrency } from './fx-config.ts';
import { type MetricsConfig, metricParameters } from './metrics-config.ts';
import { compileStandings } from './customer-360/compile-standings.ts';
import { codeModelProblems, declaredCodeModel } from './declared-code-model.ts';
import type { Model } from './model.ts';
import { orderModels } from './model-graph.ts';
import { checkProblems, referenceProblems } from './model-problems.ts';
import { repeated } from './repeated.ts';
import type { ParseSql } from './sql-shape.ts';
import { stableHash } from './stable-hash.ts';
import type { TableName } from './table.ts';
import { checksHash, type ModelSource, tablesRead, writtenModel } from './written-model.ts';

/** What users declare, file by file. */
export interface ConfigurationParts
  extends Pick<
    Configuration,
    'datasets' | 'salesforce' | 'mappings' | 'fx' | 'territories' | 'accountLinks' | 'companyNames' | 'checkSql'
  > {
  readonly metrics: MetricsConfig | null;
  readonly models: readonly ModelSource[];
  readonly views: readonly ViewSource[];
}

/** Puts the declared parts together and checks them against each other. Throws ConfigurationError with all problems. */
export async function assembleConfiguration(
  parts: ConfigurationParts,
  parse: ParseSql,
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
  problems.push(...repeated(models.map((model) => model.table)).map((table) => `two models make the table ${table}`));
  const checkTables = new Map<string, TableName[]>();
  for (const [file, sql] of parts.checkSql)
    checkTables.set(file, (await tablesRead(`glue-sql/checks/${file}`, sql, parse, problems)).tables);
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
