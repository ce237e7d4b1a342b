/** Names that infrastructure and code share, so that neither looks the other up. Pure text, no dependencies. */
export const environmentNames = ['dev', 'prod'] as const;
export type EnvironmentName = (typeof environmentNames)[number];

/** The layers of the lake that have a database of their own in the Glue catalog. */
export const databaseLayers = ['bronze', 'silver', 'gold', 'analytics', 'ops'] as const;
export type DatabaseLayer = (typeof databaseLayers)[number];

export interface ResourceNames {
  /** Where producers drop files: `landing/`, `archive/`, `rejected/`. */
  readonly rawBucket: string;
  /** The lake: `bronze/` ... `catalog/`. */
  readonly lakeBucket: string;
  /** Results of Athena queries; they expire. */
  readonly resultsBucket: string;
  readonly ledgerTable: string;
  /** The login of the Salesforce org. */
  readonly orgSecret: string;
  readonly workgroup: string;
  /** `<prefix>_<layer>` is a Glue database. */
  readonly databasePrefix: string;
  readonly analystsRole: string;
  readonly stateMachine: string;
  readonly topic: string;
  /** `<prefix>-<stage>` is a function. */
  readonly functionPrefix: string;
  /** Where the functions put their metrics: a figure of a stage's output is a metric with the dimension `service`, the stage. */
  readonly metricsNamespace: string;
}

/** Names of one environment. `account` makes bucket names unique in the world: an AWS account id, or CDK's stand-in for it. */
export function resourceNames(environment: EnvironmentName, account: string): ResourceNames {
  const name = `headwater-${environment}`;
  return {
    rawBucket: `${name}-raw-${account}`,
    lakeBucket: `${name}-lake-${account}`,
    resultsBucket: `${name}-query-results-${account}`,
    ledgerTable: `${name}-ledger`,
    orgSecret: `headwater/${environment}/salesforce`,
    workgroup: name,
    databasePrefix: `headwater_${environment}`,
    analystsRole: `${name}-analysts`,
    stateMachine: `${name}-pipeline`,
    topic: `${name}-alarms`,
    functionPrefix: name,
    metricsNamespace: `Headwater/${environment}`,
  };
}

export function databaseName(names: Pick<ResourceNames, 'databasePrefix'>, layer: DatabaseLayer): string {
  return `${names.databasePrefix}_${layer}`;
}

/** Database of the tables that only the Athena engine reads, while a run builds. */
export function buildDatabaseName(names: Pick<ResourceNames, 'databasePrefix'>): string {
  return `${names.databasePrefix}_build`;
}

/** Index of the ledger's table over `listing` and `listed_at`: files for people, newest first. */
export const ledgerListingIndex = 'by_time';
