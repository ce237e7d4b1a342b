import {
  convertedSql,
  countriesTable,
  moneyColumns,
  rateChecks,
  rateColumns,
  rateJoins,
  rateSql,
  ratesTable,
} from './conversion.ts';
import { type Mapping, type MappingColumn, mappedFields, stampFields } from './mapping.ts';
import { bronzeField, castColumns, quoted, stampSql, textSql, typedSql } from './mapped-text.ts';
import { mappingChecks } from './mapping-checks.ts';
import type { Model } from './model.ts';
import { deletionTable, salesforceBronzeTable } from './salesforce-source.ts';
import { stableHash } from './stable-hash.ts';
import type { Column, TableName } from './table.ts';

const metaColumns: readonly Column[] = [
  { name: 'is_deleted', type: 'boolean', description: 'The record is deleted in the org, or gone from it' },
  { name: 'system_modstamp', type: 'timestamp', description: 'When this version of the record was written, UTC' },
  {
    name: '_bad_columns',
    type: 'varchar',
    description: 'Columns whose text their type does not take, between commas (`,amount,`); NULL when there is none',
  },
  { name: '_bad_values', type: 'varchar', description: 'The texts of those columns, each behind `column: `' },
  { name: '_source_system', type: 'varchar', description: 'salesforce, or salesforce-export for a Data Export file' },
  { name: '_extracted_at', type: 'timestamp', description: 'When the extraction that read the version began, UTC' },
];

/**
 * The silver model of a Salesforce object: of each Id the latest version, (SystemModstamp, _extracted_at, _run_id) decides; deleted
 * records stay, marked. The records' text is cleaned, typed behind a pattern, and money converted to USD.
 */
export function compileMapping(mapping: Mapping, defaultCurrency: string): Model {
  const table: TableName = `silver.${mapping.table}`;
  const checks = mappingChecks(mapping);
  const money = mapping.columns.filter((column) => column.money).map((column) => column.name);
  if (mapping.currency !== undefined) checks.push(...rateChecks(money));
  return {
    table,
    sql: mappingSql(mapping, defaultCurrency),
    contract: {
      table,
      row: mapping.row,
      description: mapping.description,
      owner: mapping.owner,
      key: [mapping.key],
      partition_by: [],
      columns: mappedColumns(mapping).map((column) => ({ ...column, description: column.description ?? '' })),
      checks,
    },
    checksHash: stableHash(JSON.stringify(checks)),
    inputs: [...new Set<TableName>([salesforceBronzeTable(mapping.object), deletionTable, ...currencyInputs(mapping)])],
    readsParameters: false,
    datasets: [],
    incrementalFrom: null,
    rowsFrom: salesforceBronzeTable(mapping.object),
  };
}

function mappedColumns(mapping: Mapping): Column[] {
  const own = mapping.columns.flatMap((column) => {
    const { name, type, description, unit, pii } = column;
    return column.money
      ? moneyColumns({ name, type, description, unit, pii })
      : [{ name, type, description, unit, pii }];
  });
  const currency: Column = { name: 'currency', type: 'varchar', description: 'ISO 4217 code of the original amounts' };
  return [...own, ...(mapping.currency === undefined ? [] : [currency, ...rateColumns]), ...metaColumns];
}

function currencyInputs({ currency }: Mapping): TableName[] {
  if (currency === undefined) return [];
  const inputs: TableName[] = [ratesTable];
  if (currency.account !== undefined) inputs.push('silver.account');
  if (currency.account !== undefined || currency.country !== undefined) inputs.push(countriesTable);
  if (currency.parent !== undefined) inputs.push(`silver.${currency.parent.table}`);
  return inputs;
}

/** Names of the text and of the value as they stand between the steps of the query. */
const textOf = (column: MappingColumn) => (column.type === 'varchar' ? column.name : `_text_${column.name}`);
const typedOf = (column: MappingColumn) => (column.money ? `${column.name}_original` : column.name);

function mappingSql(mapping: Mapping, defaultCurrency: string): string {
  const converts = mapping.currency !== undefined;
  const texts = mapping.columns.map((column) => `${textSql(column, 'version')} as ${textOf(column)}`);
  const currencies = (mapping.currency?.from ?? []).map(
    (field) => `nullif(upper(trim(version.${bronzeField(field)})), '')`,
  );
  if (converts) texts.push(`coalesce(${[...currencies, 'null'].join(', ')}) as _own_currency`);
  const steps = [
    versionSql(mapping),
    deletionSql(mapping),
    `latest as (
  -- one row per record: the texts of its latest version, cleaned
  select
${list([...texts, deletedSql, 'version._stamp as system_modstamp', 'version._source_system', 'version._extracted_at'], '    ')}
  from version
  left join deletion on deletion.id = version.id
  where version._recency = 1
)`,
    typedCte(mapping, converts),
  ];
  if (!converts) return `with ${steps.join(',\n')}\nselect\n${list(finalColumns(mapping))}\nfrom typed`;
  return `with ${[...steps, detectedCte(mapping, defaultCurrency), pricedCte(mapping)].join(',\n')}
select
${list(finalColumns(mapping))}
from priced`;
}

/** All that was extracted, the latest version of each record first. */
function versionSql(mapping: Mapping): string {
  const fields = mappedFields(mapping).map((field) => bronzeField(field));
  return `record as (
  -- one row per extracted version, with the text of its stamp
  select
${list([...fields, `${stampSql(stampFields, 'source')} as _stamp_text`, '_source_system', '_extracted_at', '_run_id'], '    ')}
  from ${salesforceBronzeTable(mapping.object)} as source
),
stamped as (
  -- the same, with the stamp as a time
  select
${list([...fields, `${typedSql('timestamp', '_stamp_text')} as _stamp`, '_source_system', '_extracted_at', '_run_id'], '    ')}
  from record
),
version as (
  -- the same, ranked: 1 is the latest of its record
  select
${list([...fields, '_stamp', '_source_system', '_extracted_at'], '    ')},
    row_number() over (
      partition by id
      order by _stamp desc nulls last, _extracted_at desc, _run_id desc, isdeleted desc nulls last
    ) as _recency
  from stamped
)`;
}

function deletionSql(mapping: Mapping): string {
  return `deletion as (
  -- one row per record that was once found to be gone
  select id, max(_extracted_at) as _gone_at
  from ${deletionTable}
  where object = ${quoted(mapping.object)}
  group by id
)`;
}

/** Said by the record itself, or found out later than this version was read. */
const deletedSql = `coalesce(lower(trim(version.isdeleted)) in ('true', '1'), false)
      or coalesce(deletion._gone_at >= version._extracted_at, false) as is_deleted`;

function typedCte(mapping: Mapping, converts: boolean): string {
  const casts = castColumns(mapping);
  const values = mapping.columns.map((column) => {
    const value = typedSql(column.type, textOf(column));
    return value === typedOf(column) ? value : `${value} as ${typedOf(column)}`;
  });
  const texts = casts.map((column) => textOf(column));
  const meta = ['is_deleted', 'system_modstamp', '_source_system', '_extracted_at'];
  return `typed as (
  -- one row per record: a text that its type does not take is null, and still stands beside
  select
${list([...values, ...texts, ...(converts ? ['_own_currency'] : []), ...meta], '    ')}
  from latest
)`;
}

/** Own currency, then the parent's or the country's, then the default; and the day whose rate counts. */
function detectedCte(mapping: Mapping, defaultCurrency: string): string {
  const { currency } = mapping;
  const dates = (currency?.dates ?? []).map((name) => `cast(typed.${name} as date)`);
  const found = ['typed._own_currency'];
  const joins: string[] = [];
  if (currency?.parent !== undefined) {
    const { table, key, column, date } = currency.parent;
    found.push('parent.currency');
    if (date !== undefined) dates.unshift(`cast(parent.${date} as date)`);
    joins.push(`left join silver.${table} as parent on parent.${key} = typed.${column}`);
  }
  if (currency?.account !== undefined)
    joins.push(`left join silver.account as account on account.account_id = typed.${currency.account}`);
  const country = currency?.account === undefined ? currency?.country : 'account.billing_country';
  if (country !== undefined) {
    found.push('country.currency');
    const name = currency?.account === undefined ? `typed.${country}` : country;
    joins.push(`left join ${countriesTable} as country on country.country = lower(${name})`);
  }
  return `detected as (
  -- one row per record, with its currency and the day whose rate counts
  select
${list([...carried(mapping).map((name) => `typed.${name}`), `coalesce(${[...found, quoted(defaultCurrency)].join(', ')}) as currency`, `${dates.length === 1 ? dates[0] : `coalesce(${dates.join(', ')})`} as _fx_date`], '    ')}
  from typed
  ${joins.join('\n  ')}
)`;
}

function pricedCte(mapping: Mapping): string {
  const kept = [...carried(mapping), 'currency'].map((name) => `detected.${name}`);
  return `priced as (
  -- one row per record, with the rate of its currency and day
  select
${list([...kept, `${rateSql('detected.currency')} as fx_rate`, `case when detected.currency <> 'USD' then rate.source end as fx_source`], '    ')}
  from detected
  ${rateJoins('detected._fx_date', 'detected.currency').replaceAll('\n', '\n  ')}
)`;
}

function carried(mapping: Mapping): string[] {
  return [
    ...mapping.columns.map((column) => typedOf(column)),
    ...castColumns(mapping).map((column) => textOf(column)),
    'is_deleted',
    'system_modstamp',
    '_source_system',
    '_extracted_at',
  ];
}

function finalColumns(mapping: Mapping): string[] {
  const own = mapping.columns.flatMap((column) =>
    column.money
      ? [`${convertedSql(typedOf(column), 'fx_rate', column.type)} as ${column.name}`, typedOf(column)]
      : [column.name],
  );
  const bad = castColumns(mapping).map((column) => ({ column, fails: failsSql(column) }));
  const names = bad.map(({ column, fails }) => `case when ${fails} then ',${column.name}' else '' end`);
  const texts = bad.map(
    ({ column, fails }) => `case when ${fails} then '${column.name}: ' || ${textOf(column)} || '; ' else '' end`,
  );
  return [
    ...own,
    ...(mapping.currency === undefined ? [] : ['currency', 'fx_rate', 'fx_source']),
    'is_deleted',
    'system_modstamp',
    `nullif(${[...names, "','"].join(' || ')}, ',') as _bad_columns`,
    `nullif(${[...texts, "''"].join(' || ')}, '') as _bad_values`,
    '_source_system',
    '_extracted_at',
  ];
}

function failsSql(column: MappingColumn): string {
  return `${textOf(column)} is not null and ${typedOf(column)} is null`;
}

function list(items: readonly string[], indent = '  '): string {
  return items.map((item) => `${indent}${item}`).join(',\n');
}
