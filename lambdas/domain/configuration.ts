import type { Dataset } from './dataset.ts';
import type { Model } from './model.ts';
import type { RunParameter } from './metrics-config.ts';
import { bronzeColumns, dropQuarantineColumns } from './bronze-table.ts';
import type { FxConfig } from './fx-config.ts';
import { type Mapping, mappedFields } from './mapping.ts';
import {
  deletionColumns,
  deletionTable,
  salesforceBronzeTable,
  salesforceMetaColumns,
  type SalesforceSource,
} from './salesforce-source.ts';
import type { Column, TableName } from './table.ts';

/** All that users declare, checked and put together once per process. */
export interface Configuration {
  readonly datasets: readonly Dataset[];
  /** The org that is extracted; null for a lake of dropped files only. */
  readonly salesforce: SalesforceSource | null;
  /** How objects of the org become silver tables. */
  readonly mappings: readonly Mapping[];
  /** Which currency a record is in, and rates for want of better ones; null where nothing is converted. */
  readonly fx: FxConfig | null;
  /** In dependency order. */
  readonly models: readonly Model[];
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

/** Columns of an object's table are what its mapping reads; an object without mapping has only what every row carries. */
function extractedRelations({ salesforce, mappings }: Configuration): Relation[] {
  const objects = [...(salesforce?.objects ?? []), ...mappings].map(({ object }) => object);
  const tables = [...new Set(objects)].map((object): Relation => {
    const mapped = mappings.filter((mapping) => mapping.object === object).flatMap((mapping) => mappedFields(mapping));
    const columns = [...new Set(mapped)].map((name) => ({ name, type: 'varchar' as const }));
    return { table: salesforceBronzeTable(object), columns: [...columns, ...salesforceMetaColumns], partitionBy: [] };
  });
  return objects.length === 0 ? [] : [...tables, { table: deletionTable, columns: deletionColumns, partitionBy: [] }];
}

export function modelOf(configuration: Configuration, table: string): Model | undefined {
  return configuration.models.find((model) => model.table === table);
}

export function layerModels(configuration: Configuration, layer: string): Model[] {
  return configuration.models.filter((model) => model.table.startsWith(`${layer}.`));
}
