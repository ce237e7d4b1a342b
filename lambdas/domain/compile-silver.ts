import { bronzeColumns } from './bronze-table.ts';
import { ratesTable } from './conversion.ts';
import type { Dataset } from './dataset.ts';
import { conversionChecks, conversionOf, convertingSql, plainSql, silverColumns } from './dataset-conversion.ts';
import { emailCheck } from './email-format.ts';
import { lakeCurrency } from './fx-config.ts';
import type { Check, DatasetConversion, Model } from './model.ts';
import { stableHash } from './stable-hash.ts';
import type { Column, TableName } from './table.ts';

/** What stays in bronze: the file's hash and the line identify a row there, and `ops.file_status` knows the file. */
const notCarried = ['_run_id', '_source_file', '_file_date', '_extracted_at'];

/**
 * The silver model of a table that dropped datasets fill, compiled from their contracts: events are taken as they are, masters
 * as the last record per key; references become row checks; amounts of money are converted. All datasets of a table have the same
 * columns.
 */
export function compileSilver(
  table: string,
  datasets: readonly [Dataset, ...Dataset[]],
  defaultCurrency: string = lakeCurrency,
): Model {
  const [first] = datasets;
  const bronze: TableName = `bronze.${table}`;
  const carried = bronzeColumns(first).filter((column) => !notCarried.includes(column.name));
  const names = carried.map((column) => column.name);
  const isMaster = first.kind === 'master';
  const rows = isMaster ? lastPerKeySql(bronze, names, first.key) : `select\n${list(names)}\nfrom ${bronze}`;
  const plain = plainSql(first, carried, isMaster ? `(\n${rows}\n) as line` : bronze);
  const conversion = conversionOf(datasets, defaultCurrency, plain);
  const checks = [
    ...datasets.flatMap((dataset) => referenceChecks(dataset)),
    ...formatChecks(datasets),
    ...conversionChecks(first, conversion),
  ];
  const references = checks.filter((check) => check.check === 'reference').map((check) => referredTable(check));
  const rates = conversion === undefined ? [] : [ratesTable];
  return {
    table: `silver.${table}`,
    sql: sqlOf(first, carried, { rows, plain }, conversion),
    contract: {
      table: `silver.${table}`,
      row: isMaster ? `the last record of one ${first.key.join(', ')}` : 'one accepted line of one file',
      description: datasets.map((dataset) => dataset.description).join(' '),
      owner: first.owner,
      key: isMaster ? [...first.key] : ['_file_sha256', '_source_line'],
      partition_by: first.partition === undefined ? [] : [first.partition.name],
      columns: silverColumns(first, carried).map((column) => ({ ...column, description: column.description ?? '' })),
      checks,
    },
    checksHash: stableHash(JSON.stringify(checks)),
    inputs: [...new Set<TableName>([bronze, ...references, ...rates])],
    readsParameters: false,
    datasets,
    rowsFrom: bronze,
    previous: [],
    incrementalFrom: first.kind === 'event' && first.partition !== undefined ? bronze : null,
    ...(conversion === undefined ? {} : { conversion }),
  };
}

function sqlOf(
  dataset: Dataset,
  carried: readonly Column[],
  { rows, plain }: { rows: string; plain: string },
  conversion: DatasetConversion | undefined,
): string {
  if (dataset.money === undefined) return rows;
  return conversion === undefined ? plain : convertingSql(dataset, carried, rows, conversion);
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

function formatChecks(datasets: readonly Dataset[]): Check[] {
  const columns = datasets.flatMap((dataset) => dataset.columns);
  const addresses = columns.filter((column) => column.format === 'email').map((column) => column.name);
  return [...new Set(addresses)].map((column) => emailCheck(column));
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
