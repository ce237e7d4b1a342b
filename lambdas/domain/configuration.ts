import type { Dataset } from './dataset.ts';
import type { Model } from './model.ts';
import type { RunParameter } from './metrics-config.ts';
import { bronzeColumns, dropQuarantineColumns } from './bronze-table.ts';
import { exportQuarantine } from './salesforce-export.ts';
import { bronzeFieldColumns } from './salesforce-bronze.ts';
import { deletionColumns, deletionTable, salesforceBronzeTable, type SalesforceSource } from './salesforce-source.ts';
import type { Column, TableName } from './table.ts';

/** All that users declare, checked and put together once per process. */
export interface Configuration {
  readonly datasets: readonly Dataset[];
  /** The org that is extracted; null for a lake of dropped files only. */
  readonly salesforce: SalesforceSource | null;
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
  /** True where every slice brings the columns that its source had: the table has all of them. */
  readonly grows?: boolean;
}

/** Every table that extracting and collecting fill: bronze tables per object and per contract table, one quarantine per dataset. */
export function collectedRelations(configuration: Configuration): Relation[] {
  const relations = new Map<TableName, Relation>();
  for (const dataset of configuration.datasets) {
    const partitionBy = dataset.partition === undefined ? [] : [dataset.partition.name];
    const bronze: TableName = `bronze.${dataset.table}`;
    const quarantine: TableName = `quarantine.${dataset.dataset}`;
    relations.set(bronze, { table: bronze, columns: bronzeColumns(dataset), partitionBy });
    relations.set(quarantine, { table: quarantine, columns: dropQuarantineColumns, partitionBy: [] });
  }
  return [...relations.values(), ...salesforceRelations(configuration.salesforce)];
}

/** One bronze table per object, with at least the Id, and the deletions of all of them. */
function salesforceRelations(source: SalesforceSource | null): Relation[] {
  if (source === null) return [];
  const tables = source.objects.map(({ object }) => ({
    table: salesforceBronzeTable(object),
    columns: bronzeFieldColumns(['Id']),
    partitionBy: [],
    grows: true,
  }));
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
