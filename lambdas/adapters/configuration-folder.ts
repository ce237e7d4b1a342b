import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { z } from 'zod';
import { assembleConfiguration, type ConfigurationParts } from '../domain/assemble-configuration.ts';
import type { Configuration } from '../domain/configuration.ts';
import { type Dataset, datasetSchema } from '../domain/dataset.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { fxConfigSchema } from '../domain/fx-config.ts';
import { accountLinksConfigSchema } from '../domain/linking/account-links-config.ts';
import { companyNamesConfigSchema } from '../domain/linking/company-names-config.ts';
import { type Mapping, mappingSchema } from '../domain/mapping.ts';
import { type MetricsConfig, metricsConfigSchema } from '../domain/metrics-config.ts';
import { modelContractSchema } from '../domain/model.ts';
import { type SalesforceSource, salesforceSourceSchema } from '../domain/salesforce-source.ts';
import { type TerritoriesConfig, territoriesConfigSchema } from '../domain/territories/territories-config.ts';
import type { ViewSource } from '../domain/assemble-views.ts';
import { viewContractSchema } from '../domain/view.ts';
import type { ModelSource } from '../domain/written-model.ts';
import type { SqlParser } from '../ports/sql-parser.ts';

export interface ConfigurationFolders {
  /** The project's `config/`. */
  readonly config: string;
  /** The project's `glue-sql/`. */
  readonly sql: string;
  /** A folder laid over the project's: `sources/`, `mappings/`, `metrics.json`, `fx.json`, `territories.json`, `account-links.json`, `company-names.json`, `glue-sql/`; a file of the same name replaces the project's. */
  readonly overlay: string | null;
}

/** Reads and checks everything users declare. Throws ConfigurationError with every problem, each naming file and place. */
export async function readConfiguration(folders: ConfigurationFolders, parser: SqlParser): Promise<Configuration> {
  const problems: string[] = [];
  if (folders.overlay !== null && !existsSync(folders.overlay)) {
    throw new ConfigurationError([`the configuration folder ${folders.overlay} does not exist`]);
  }
  const overlaySql = folders.overlay === null ? null : join(folders.overlay, 'glue-sql');
  const parts: ConfigurationParts = {
    datasets: await readDatasets(folders, problems),
    salesforce: await readSalesforce(folders, problems),
    mappings: await readMappings(folders, problems),
    fx: await readJson(overlaid(folders, 'fx.json'), fxConfigSchema, problems),
    territories: await readJson(overlaid(folders, 'territories.json'), territoriesConfigSchema, problems),
    accountLinks: await readJson(overlaid(folders, 'account-links.json'), accountLinksConfigSchema, problems),
    companyNames: await readJson(overlaid(folders, 'company-names.json'), companyNamesConfigSchema, problems),
    metrics: await readMetrics(folders, problems),
    models: await readModels([folders.sql, overlaySql], problems),
    views: await readViews([folders.sql, overlaySql], problems),
    checkSql: await readChecks([folders.sql, overlaySql]),
  };
  return await assembleConfiguration(parts, (sql) => parser.parse(sql), problems);
}

/** Reads what is declared of the org by itself; null when no org is. Throws ConfigurationError with every problem. */
export async function readSalesforceSource(
  folders: Pick<ConfigurationFolders, 'config' | 'overlay'>,
): Promise<SalesforceSource | null> {
  const problems: string[] = [];
  const source = await readSalesforce({ ...folders, sql: '' }, problems);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return source;
}

/** Reads one territories file by itself. Throws ConfigurationError with every problem. */
export async function readTerritories(path: string): Promise<TerritoriesConfig> {
  const problems: string[] = [];
  const territories = await readJson(path, territoriesConfigSchema, problems);
  if (territories === null) throw new ConfigurationError(problems);
  return territories;
}

/** JSON files of a folder, the overlay's before the project's of the same name. */
async function jsonFiles(folders: ConfigurationFolders, folder: string): Promise<string[]> {
  const files = new Map<string, string>();
  for (const root of [folders.config, folders.overlay]) {
    if (root === null) continue;
    for (const path of await filesBelow(join(root, folder), '.json')) files.set(basename(path), path);
  }
  return [...files.values()].toSorted();
}

async function readMappings(folders: ConfigurationFolders, problems: string[]): Promise<Mapping[]> {
  const mappings: Mapping[] = [];
  for (const path of await jsonFiles(folders, 'mappings')) {
    const mapping = await readJson(path, mappingSchema, problems);
    if (mapping === null) continue;
    const name = `${mapping.table.replaceAll('_', '-')}.json`;
    if (basename(path) !== name)
      problems.push(`${path}: the mapping of table '${mapping.table}' must be named ${name}`);
    mappings.push(mapping);
  }
  return mappings;
}

async function readDatasets(folders: ConfigurationFolders, problems: string[]): Promise<Dataset[]> {
  const datasets: Dataset[] = [];
  for (const path of await jsonFiles(folders, 'sources')) {
    if (basename(path) === salesforceFile) continue;
    const dataset = await readJson(path, datasetSchema, problems);
    if (dataset === null) continue;
    if (basename(path) !== `${dataset.dataset.replaceAll('_', '-')}.json`) {
      problems.push(
        `${path}: the file of dataset '${dataset.dataset}' must be named ${dataset.dataset.replaceAll('_', '-')}.json`,
      );
    }
    if (dataset.enabled) datasets.push(dataset);
  }
  return datasets;
}

const salesforceFile = 'salesforce.json';

/** The declared org; a configuration without one reads dropped files only. */
async function readSalesforce(folders: ConfigurationFolders, problems: string[]): Promise<SalesforceSource | null> {
  const path = overlaid(folders, join('sources', salesforceFile));
  return existsSync(path) ? await readJson(path, salesforceSourceSchema, problems) : null;
}

/** The overlay's file where it has one, else the project's. */
function overlaid(folders: ConfigurationFolders, name: string): string {
  const own = folders.overlay === null ? null : join(folders.overlay, name);
  return own !== null && existsSync(own) ? own : join(folders.config, name);
}

async function readMetrics(folders: ConfigurationFolders, problems: string[]): Promise<MetricsConfig | null> {
  return await readJson(overlaid(folders, 'metrics.json'), metricsConfigSchema, problems);
}

async function readJson<T>(path: string, schema: z.ZodType<T>, problems: string[]): Promise<T | null> {
  try {
    return checked(path, schema, JSON.parse(await readFile(path, 'utf8')), problems);
  } catch (error) {
    problems.push(`${path}: not readable as JSON: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

async function readYaml<T>(path: string, schema: z.ZodType<T>, problems: string[]): Promise<T | null> {
  try {
    return checked(path, schema, parseYaml(await readFile(path, 'utf8')), problems);
  } catch (error) {
    problems.push(`${path}: not readable as YAML: ${error instanceof Error ? error.message.trim() : String(error)}`);
    return null;
  }
}

function checked<T>(path: string, schema: z.ZodType<T>, value: unknown, problems: string[]): T | null {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const place = issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
    problems.push(`${path}: ${place.replace(/^\./, '') || 'the file'}: ${issue.message}`);
  }
  return null;
}

async function readModels(roots: readonly (string | null)[], problems: string[]): Promise<ModelSource[]> {
  const models = new Map<string, ModelSource>();
  for (const root of roots) {
    if (root === null) continue;
    for (const layer of ['silver', 'gold']) {
      for (const path of await filesBelow(join(root, layer), '.yml')) {
        const contract = await readYaml(path, modelContractSchema, problems);
        if (contract === null) continue;
        const sqlPath = path.replace(/\.yml$/, '.sql');
        const hasSql = existsSync(sqlPath);
        if (hasSql === (contract.code !== undefined)) {
          const wrong = hasSql ? `and 'code' say both how it is made: remove one` : `is missing`;
          problems.push(`${path}: the SQL beside it, ${basename(sqlPath)}, ${wrong}`);
          continue;
        }
        if (contract.table !== `${layer}.${basename(path, '.yml')}`) {
          problems.push(`${path}: table must be ${layer}.${basename(path, '.yml')}, like the file and its folder`);
        }
        const sql = hasSql ? await readFile(sqlPath, 'utf8') : null;
        models.set(contract.table, { path: relative('.', hasSql ? sqlPath : path), sql, contract });
      }
    }
  }
  return [...models.values()];
}

async function readViews(roots: readonly (string | null)[], problems: string[]): Promise<ViewSource[]> {
  const views = new Map<string, ViewSource>();
  for (const root of roots) {
    if (root === null) continue;
    const paths = [
      ...(await filesBelow(join(root, 'views'), '.yml')),
      ...(await filesBelow(join(root, 'views'), '.sql')),
    ];
    for (const stem of new Set(paths.map((path) => path.replace(/\.(yml|sql)$/, '')))) {
      const [path, sqlPath] = [`${stem}.yml`, `${stem}.sql`];
      const missing = [path, sqlPath].filter((one) => !existsSync(one));
      problems.push(...missing.map((one) => `${one} is missing: a view is a .sql and a .yml`));
      if (missing.length > 0) continue;
      const contract = await readYaml(path, viewContractSchema, problems);
      if (contract === null) continue;
      const named = `analytics.${basename(stem)}`;
      if (contract.view !== named) problems.push(`${path}: view must be ${named}, like the file`);
      views.set(contract.view, { path: relative('.', sqlPath), sql: await readFile(sqlPath, 'utf8'), contract });
    }
  }
  return [...views.values()];
}

async function readChecks(roots: readonly (string | null)[]): Promise<Map<string, string>> {
  const checks = new Map<string, string>();
  for (const root of roots) {
    if (root === null) continue;
    for (const path of await filesBelow(join(root, 'checks'), '.sql'))
      checks.set(basename(path), await readFile(path, 'utf8'));
  }
  return checks;
}

/** Files with an ending, at any depth, in a stable order; none when the folder does not exist. */
async function filesBelow(folder: string, ending: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
