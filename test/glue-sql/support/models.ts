import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { metricsConfigSchema, salesParameters } from '../../../lambdas/domain/metrics-config.ts';
import type { RunParameter } from '../../../lambdas/domain/run-parameter.ts';
import { type ModelContract, modelContractSchema } from '../../../lambdas/domain/model.ts';
import type { Settings } from '../reference/world.ts';

export const root = join(import.meta.dirname, '../../..');

export interface ModelFiles {
  readonly sql: string;
  readonly contract: ModelContract;
}

/** The models of the sales path, in the order in which they can be built. */
export const salesModels = [
  'silver/customer_month',
  'silver/customer_lifetime',
  'silver/sales_person_month',
  'silver/month_outlier',
  'silver/store_percentile',
  'silver/transaction_outlier',
  'gold/marts/customer_summary',
  'gold/marts/customers_data_mart',
  'gold/marts/sales_team_data_mart',
  'gold/marts/sales_anomaly',
] as const;

export function readModel(path: (typeof salesModels)[number]): ModelFiles {
  const file = join(root, 'glue-sql', path);
  return {
    sql: readFileSync(`${file}.sql`, 'utf8'),
    contract: modelContractSchema.parse(parseYaml(readFileSync(`${file}.yml`, 'utf8'))),
  };
}

export const prelude = readFileSync(join(root, 'glue-sql/dialect/duckdb-prelude.sql'), 'utf8');

export function readCheck(file: string): string {
  return readFileSync(join(root, 'glue-sql/checks', file), 'utf8');
}

const metrics = metricsConfigSchema.parse(JSON.parse(readFileSync(join(root, 'config/metrics.json'), 'utf8')));

export const defaultSettings: Settings = metrics.sales;

export const customer360 = metrics.customer_360;

export function parametersOf(asOf: string, settings: Settings): RunParameter[] {
  return [{ name: 'as_of', type: 'date', value: asOf }, ...salesParameters({ sales: settings })];
}

/** Every `.sql` file below a folder of glue-sql, as path and text; none when the folder does not exist yet. */
export function sqlFiles(folder: string): { path: string; sql: string }[] {
  const base = join(root, 'glue-sql', folder);
  try {
    return readdirSync(base, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.sql'))
      .toSorted()
      .map((name) => ({ path: `glue-sql/${folder}/${name}`, sql: readFileSync(join(base, name), 'utf8') }));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
