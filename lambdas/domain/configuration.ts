import type { Dataset } from './dataset.ts';
import type { Model } from './model.ts';
import type { View } from './view.ts';
import type { RunParameter } from './run-parameter.ts';
import { bronzeColumns, dropQuarantineColumns } from './bronze-table.ts';
import type { FxConfig } from './fx-config.ts';
import { type Mapping, mappedFields } from './mapping.ts';
import { bronzeFieldColumns } from './salesforce-bronze.ts';
import { exportQuarantine } from './salesforce-export.ts';
import { deletionColumns, deletionTable, salesforceBronzeTable, type SalesforceSource } from './salesforce-source.ts';
import type { AccountLinksConfig } from './linking/account-links-config.ts';
import type { CompanyNamesConfig } from './linking/company-names-config.ts';
import type { Column, TableName } from './table.ts';
import type { TerritoriesConfig } from './territories/territories-config.ts';

/** All that users declare, checked and put together once per process. */
export interface Configuration {
  readonly datasets: readonly Dataset[];
  /** The org that is extracted; null for a lake of dropped files only. */
  readonly salesforce: SalesforceSource | null;
  /** How objects of the org become silver tables. */
  readonly mappings: readonly Mapping[];
  /** Which currency a record is in, and rates for want of better ones; null where nothing is converted. */
  readonly fx: FxConfig | null;
  /** Who belongs where and who looks after whom; null only while the file has problems. */
  readonly territories: TerritoriesConfig | null;
  /** When accounts are one company, and words in names that do not tell; null only while the files have problems. */
  readonly accountLinks: AccountLinksConfig | null;
  readonly companyNames: CompanyNamesConfig | null;
  /** In dependency order. */
  readonly models: readonly Model[];
  /** What analysts ask, by name; not part of runs: they read what is published. */
  readonly views: readonly View[];
  /** The row of `run.parameters` without as_of. */
  readonly parameters: readonly RunParameter[];
  /** SQL text of the files in glue-sql/checks by file name. */
  readonly checkSql: ReadonlyMap<string, string>;
  /** Tables that each of them reads, `run.parameters` left out. */
  readonly checkTables: ReadonlyMap<string, readonly TableName[]>;
  /** Hash over everything above: a run can only be resumed with the configuration it began with. */
  readonly hash: string;
}

/** The datasets that fill one bronze table. */
export function datasetsOf(configuration: Configuration, table: string): Dataset[] {
  return configuration.datasets.filter((dataset) => dataset.table === table);
}

export interface Relation {
  readonly table: TableName;
  readonly columns: readonly Column[];
  readonly partitionBy: readonly string[];
  /** True where every slice brings the columns that its source had: the table has all of them. */
  readonly grows?: boolean;
}

/**
 * Every table that collecting and extracting fill: one bronze table per contract table, one quarantine per dataset, one bronze table
 * per object of the org and one for their deletions.
 */
export function collectedRelations(configuration: Configuration): Relation[] {
  const relations = new Map(extractedRelations(configuration).map((relation) => [relation.table, relation]));
  for (const dataset of configuration.datasets) {
    const partitionBy = dataset.partition === undefined ? [] : [dataset.partition.name];
    const bronze: TableName = `bronze.${dataset.table}`;
    const quarantine: TableName = `quarantine.${dataset.dataset}`;
    relations.set(bronze, { table: bronze, columns: bronzeColumns(dataset), partitionBy });
    relations.set(quarantine, { table: quarantine, columns: dropQuarantineColumns, partitionBy: [] });
  }
  return [...relations.values()];
}

/** An object's table has at least what its mapping reads; every slice brings what its source had besides. */
function extractedRelations({ salesforce, mappings }: Configuration): Relation[] {
  const objects = [...new Set([...(salesforce?.objects ?? []), ...mappings].map(({ object }) => object))];
  if (objects.length === 0) return [];
  const tables = objects.map((object): Relation => {
    const mapped = mappings.filter((mapping) => mapping.object === object).flatMap((mapping) => mappedFields(mapping));
    const columns = bronzeFieldColumns([...new Set(['id', ...mapped])]);
    return { table: salesforceBronzeTable(object), columns, partitionBy: [], grows: true };
  });
  return [
    ...tables,
    { table: deletionTable, columns: deletionColumns, partitionBy: [] },
    { table: exportQuarantine, columns: dropQuarantineColumns, partitionBy: [] },
  ];
}

export function modelOf(configuration: Configuration, table: string): Model | undefined {
  return configuration.models.find((model) => model.table === table);
}

export function layerModels(configuration: Configuration, layer: string): Model[] {
  return configuration.models.filter((model) => model.table.startsWith(`${layer}.`));
}
