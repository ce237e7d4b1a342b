import { bronzeColumns } from './bronze-table.ts';
import type { Dataset } from './dataset.ts';
import type { Check, Model } from './model.ts';
import { stableHash } from './stable-hash.ts';
import type { TableName } from './table.ts';

/** What stays in bronze: the file's hash and the line identify a row there, and `ops.file_status` knows the file. */
const notCarried = ['_run_id', '_source_file', '_file_date', '_extracted_at'];

/**
 * The silver model of a table that dropped datasets fill, compiled from their contracts: events are taken as they are, masters
 * as the last record per key; references become row checks. All datasets of a table have the same columns.
 */
export function compileSilver(table: string, datasets: readonly [Dataset, ...Dataset[]]): Model {
  const [first] = datasets;
  const bronze: TableName = `bronze.${table}`;
  const columns = bronzeColumns(first).filter((column) => !notCarried.includes(column.name));
  const names = columns.map((column) => column.name);
  const references = datasets.flatMap((dataset) => referenceChecks(dataset));
  return {
    table: `silver.${table}`,
    sql: first.kind === 'master' ? lastPerKeySql(bronze, names, first.key) : `select\n${list(names)}\nfrom ${bronze}`,
    contract: {
      table: `silver.${table}`,
      row: first.kind === 'master' ? `the last record of one ${first.key.join(', ')}` : 'one accepted line of one file',
      description: datasets.map((dataset) => dataset.description).join(' '),
      owner: first.owner,
      key: first.kind === 'master' ? [...first.key] : ['_file_sha256', '_source_line'],
      partition_by: first.partition === undefined ? [] : [first.partition.name],
      columns: columns.map((column) => ({ ...column, description: column.description ?? '' })),
      checks: references,
    },
    checksHash: stableHash(JSON.stringify(references)),
    inputs: [...new Set<TableName>([bronze, ...references.map((check) => referredTable(check))])],
    readsParameters: false,
    datasets,
    incrementalFrom: first.kind === 'event' && first.partition !== undefined ? bronze : null,
  };
}

function referenceChecks(dataset: Dataset): Check[] {
  return dataset.references.map((reference) => ({
    check: 'reference',
    severity: reference.required ? 'quarantine' : 'warn',
    column: reference.column,
    to: `silver.${reference.table}.${reference.to}`,
    reason: reference.reason,
    only_from: [dataset.dataset],
    description: `${reference.column} of ${dataset.dataset} is found in silver.${reference.table}`,
  }));
}

export function referredTable(check: Check): TableName {
  const [layer, table] = (check.to ?? '').split('.');
  return `${layer}.${table}`;
}

export function referredColumn(check: Check): string {
  return (check.to ?? '').split('.')[2] ?? '';
}

/** The same for any order in which the files arrived: the file's own date decides, then its name; of one name the later arrival. */
function lastPerKeySql(bronze: TableName, names: readonly string[], key: readonly string[]): string {
  return `with ranked_record as (
  select
${list(names, '    ')},
    row_number() over (
      partition by ${key.join(', ')}
      order by _file_date desc, _source_file desc, _extracted_at desc, _file_sha256 desc, _source_line desc
    ) as _recency
  from ${bronze}
)
select
${list(names)}
from ranked_record
where _recency = 1`;
}

function list(names: readonly string[], indent = '  '): string {
  return names.map((name) => `${indent}${name}`).join(',\n');
}
