import { convertedSql, rateChecks } from './conversion.ts';
import { carried, list, mappedColumns, typedOf, versionTable } from './mapped-columns.ts';
import { typedSql } from './mapped-text.ts';
import type { Mapping } from './mapping.ts';
import { mappingChecks } from './mapping-checks.ts';
import { currencyInputs, detectedCte, pricedCte } from './mapping-currency.ts';
import type { Model } from './model.ts';
import { exportFolder } from './salesforce-export.ts';
import { deletionTable, salesforceBronzeTable } from './salesforce-source.ts';
import { stableHash } from './stable-hash.ts';
import type { TableName } from './table.ts';
import { literal } from './sql-text.ts';

/**
 * The silver model of a Salesforce object: of each Id the latest of its typed versions, (SystemModstamp, _extracted_at, _run_id) decides,
 * of one stamp an extracted version comes before one from an export; deleted records stay, marked, and money is converted to USD.
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
    inputs: [...new Set<TableName>([versionTable(mapping), deletionTable, ...currencyInputs(mapping)])],
    readsParameters: false,
    datasets: [],
    previous: [],
    incrementalFrom: null,
    rowsFrom: salesforceBronzeTable(mapping.object),
  };
}

function mappingSql(mapping: Mapping, defaultCurrency: string): string {
  const converts = mapping.currency !== undefined;
  const own = carried(mapping).filter((name) => name !== 'is_deleted');
  if (converts) own.push('_own_currency');
  const latest = [...own.map((name) => `version.${name}`), deletedSql];
  const steps = [
    versionCte(mapping, [...own, 'is_deleted']),
    deletionCte(mapping),
    `latest as (
  -- one row per record: its latest version, and whether it is gone
  select
${list(latest, '    ')}
  from version
  left join deletion on deletion.id = version.${mapping.key}
  where version._recency = 1
)`,
    ...(converts ? [detectedCte(mapping, defaultCurrency), pricedCte(mapping)] : []),
  ];
  return `with ${steps.join(',\n')}
select
${list(finalColumns(mapping))}
from ${converts ? 'priced' : 'latest'}`;
}

/** All that was extracted, the latest version of each record first. */
function versionCte(mapping: Mapping, columns: readonly string[]): string {
  return `version as (
  -- one row per extracted version, ranked: 1 is the latest of its record
  select
${list(columns, '    ')},
    row_number() over (
      partition by ${mapping.key}
      order by system_modstamp desc nulls last, case when ${isExported('_source_system')} then 1 else 0 end,
        _extracted_at desc, _extract_run_id desc, is_deleted desc
    ) as _recency
  from ${versionTable(mapping)}
)`;
}

function deletionCte(mapping: Mapping): string {
  return `deletion as (
  -- one row per record that was once found to be gone
  select id, max(_extracted_at) as _gone_at, max(${typedSql('timestamp', 'deleted_at')}) as _deleted_at
  from ${deletionTable}
  where object = ${literal(mapping.object)}
  group by id
)`;
}

const isExported = (column: string) => `${column} = ${literal(exportFolder)}`;

/**
 * Said by the record itself, or found out later than this version was read. When an export was made nobody knows, only when it was
 * dropped: its version counts as older than any deletion that its stamp does not come after.
 */
const deletedSql = `version.is_deleted
      or coalesce(deletion._gone_at >= version._extracted_at, false)
      or (deletion.id is not null and ${isExported('version._source_system')}
        and coalesce(deletion._deleted_at >= version.system_modstamp, true)) as is_deleted`;

function finalColumns(mapping: Mapping): string[] {
  const own = mapping.columns.flatMap((column) =>
    column.money
      ? [`${convertedSql(typedOf(column), 'fx_rate', column.type)} as ${column.name}`, typedOf(column)]
      : [column.name],
  );
  const after = mappedColumns(mapping).slice(own.length);
  return [...own, ...after.map(({ name }) => name)];
}
