import { convertedSql, rateChecks } from './conversion.ts';
import { list, mappedColumns, textOf, typedOf } from './mapped-columns.ts';
import { bronzeField, castColumns, quoted, stampSql, textSql, typedSql } from './mapped-text.ts';
import { type Mapping, type MappingColumn, mappedFields, stampFields } from './mapping.ts';
import { mappingChecks } from './mapping-checks.ts';
import { currencyInputs, detectedCte, pricedCte } from './mapping-currency.ts';
import type { Model } from './model.ts';
import { exportFolder } from './salesforce-export.ts';
import { deletionTable, salesforceBronzeTable } from './salesforce-source.ts';
import { stableHash } from './stable-hash.ts';
import type { TableName } from './table.ts';

/**
 * The silver model of a Salesforce object: of each Id the latest version, (SystemModstamp, _extracted_at, _run_id) decides, of one
 * stamp an extracted version comes before one from an export; deleted records stay, marked. The records' text is cleaned, typed behind a pattern, and money converted to USD.
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
      order by _stamp desc nulls last, case when ${isExported('_source_system')} then 1 else 0 end, _extracted_at desc,
        _run_id desc, isdeleted desc nulls last
    ) as _recency
  from stamped
)`;
}

function deletionSql(mapping: Mapping): string {
  return `deletion as (
  -- one row per record that was once found to be gone
  select id, max(_extracted_at) as _gone_at, max(${typedSql('timestamp', 'deleted_at')}) as _deleted_at
  from ${deletionTable}
  where object = ${quoted(mapping.object)}
  group by id
)`;
}

const isExported = (column: string) => `${column} = ${quoted(exportFolder)}`;

/**
 * Said by the record itself, or found out later than this version was read. When an export was made nobody knows, only when it was
 * dropped: its version counts as older than any deletion that its stamp does not come after.
 */
const deletedSql = `coalesce(lower(trim(version.isdeleted)) in ('true', '1'), false)
      or coalesce(deletion._gone_at >= version._extracted_at, false)
      or (deletion.id is not null and ${isExported('version._source_system')}
        and coalesce(deletion._deleted_at >= version._stamp, true)) as is_deleted`;

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
