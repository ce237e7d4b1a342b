import { list, textOf, typedOf, versionColumns, versionTable } from './mapped-columns.ts';
import { bronzeField, castColumns, stampSql, textSql, typedSql } from './mapped-text.ts';
import { type Mapping, type MappingColumn, stampFields } from './mapping.ts';
import type { Model } from './model.ts';
import { salesforceBronzeTable } from './salesforce-source.ts';
import { stableHash } from './stable-hash.ts';

/**
 * The typed versions of a Salesforce object: each extracted row once, its texts cleaned and typed behind a pattern. Rows are only
 * added, so a run types what it extracted itself and nothing else.
 */
export function compileVersion(mapping: Mapping): Model {
  const table = versionTable(mapping);
  const source = salesforceBronzeTable(mapping.object);
  return {
    table,
    sql: versionSql(mapping),
    contract: {
      table,
      row: `one extracted version of ${mapping.row}`,
      description: `The history behind silver.${mapping.table}, as far as it was extracted: cleaned and typed, before deletions, checks and currencies. A Data Export may repeat a version.`,
      owner: mapping.owner,
      key: [mapping.key, 'system_modstamp', '_extracted_at'],
      partition_by: [],
      columns: versionColumns(mapping).map((column) => ({ ...column, description: column.description ?? '' })),
      checks: [],
    },
    checksHash: stableHash('[]'),
    inputs: [source],
    readsParameters: false,
    datasets: [],
    previous: [],
    incrementalFrom: null,
    rowsFrom: source,
    appendsFrom: source,
  };
}

function versionSql(mapping: Mapping): string {
  return `with record as (
  -- one row per extracted version: its texts, cleaned
  select
${list(recordTexts(mapping), '    ')}
  from ${salesforceBronzeTable(mapping.object)} as source
),
typed as (
  -- the same: a text that its type does not take is null, and still stands beside
  select
${list(typedValues(mapping), '    ')}
  from record
)
select
${list(finalColumns(mapping))}
from typed`;
}

function recordTexts(mapping: Mapping): string[] {
  const texts = mapping.columns.map((column) => `${textSql(column, 'source')} as ${textOf(column)}`);
  if (mapping.currency !== undefined) {
    const codes = mapping.currency.from.map((field) => `nullif(upper(trim(source.${bronzeField(field)})), '')`);
    texts.push(`${codes.length === 1 ? codes[0] : `coalesce(${codes.join(', ')})`} as _own_currency`);
  }
  return [
    ...texts,
    `coalesce(lower(trim(source.isdeleted)) in ('true', '1'), false) as is_deleted`,
    `${stampSql(stampFields, 'source')} as _text_system_modstamp`,
    'source._source_system',
    'source._extracted_at',
    'source._run_id as _extract_run_id',
  ];
}

function typedValues(mapping: Mapping): string[] {
  const values = mapping.columns.map((column) => {
    const value = typedSql(column.type, textOf(column));
    return value === typedOf(column) ? value : `${value} as ${typedOf(column)}`;
  });
  return [
    ...values,
    ...castColumns(mapping).map((column) => textOf(column)),
    ...(mapping.currency === undefined ? [] : ['_own_currency']),
    'is_deleted',
    `${typedSql('timestamp', '_text_system_modstamp')} as system_modstamp`,
    '_source_system',
    '_extracted_at',
    '_extract_run_id',
  ];
}

function finalColumns(mapping: Mapping): string[] {
  const bad = castColumns(mapping).map((column) => ({ column, fails: failsSql(column) }));
  const names = bad.map(({ column, fails }) => `case when ${fails} then ',${column.name}' else '' end`);
  const texts = bad.map(
    ({ column, fails }) => `case when ${fails} then '${column.name}: ' || ${textOf(column)} || '; ' else '' end`,
  );
  const computed: Readonly<Record<string, string>> = {
    _bad_columns: `nullif(${[...names, "','"].join(' || ')}, ',') as _bad_columns`,
    _bad_values: `nullif(${[...texts, "''"].join(' || ')}, '') as _bad_values`,
  };
  return versionColumns(mapping).map(({ name }) => computed[name] ?? name);
}

function failsSql(column: MappingColumn): string {
  return `${textOf(column)} is not null and ${typedOf(column)} is null`;
}
