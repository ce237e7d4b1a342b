import type { LoadGroup } from '../../ports/drop-reader.ts';
import { sourceSql } from './source-sql.ts';
import { attemptOf, brokenOf, textOf, type TypedColumn, typedColumns } from './typed-columns.ts';
import { identifier, literal } from '../../domain/sql-text.ts';

/**
 * `create temp table staged`: every record of the group's files once, in file order, typed, with the reasons against it.
 * Columns: `_fi` (index of the file in the group), the contract's columns, the partition column, `additional_columns`,
 * `_reasons` (null for a good row), `_row_hash` (over the raw fields; equal lines have equal hashes), and for Parquet `_raw`.
 * The table's rowid is the record's position in the group, since a bulk insert keeps the order of the scan.
 */
export function stageSql(group: LoadGroup): string {
  const { dataset } = group;
  const columns = typedColumns(dataset, group.match);
  const carried = ['_fi', '_row_hash', 'additional_columns', ...(dataset.file.format === 'parquet' ? ['_raw'] : [])];
  const texts = textsSql(group, columns, sourceSql(group));
  const typed = checkedSql(group, computedSql(columns, typedSql(carried, columns, texts)));
  const own = dataset.columns.map(({ name }) => identifier(name));
  return `create or replace temp table staged as
select ${[...carried, ...own, ...partitionSql(group, columns)].join(', ')},
  ${reasonsSql(group, columns)} as _reasons
from (${typed})`;
}

/** Normalised texts; an expression over source columns is tried in a step of its own, as it may fail for a row. */
function textsSql(group: LoadGroup, columns: readonly TypedColumn[], source: string): string {
  const tried = columns.filter((column) => column.text !== null && column.attempt !== null).map(attemptSql);
  const parts = [
    '_fi',
    `hash(${group.match.header.map((_, index) => `r${index}`).join(', ')}) as _row_hash`,
    `${additionalSql(group)} as additional_columns`,
    ...(group.dataset.file.format === 'parquet' ? [`${rawJson(group)} as _raw`] : []),
    ...columns.flatMap(({ name, text }) => (text === null ? [] : [`${text} as ${textOf(name)}`])),
    ...columns.flatMap((column) => (column.text === null ? [] : brokenSql(column))),
  ];
  return `select ${parts.join(',\n  ')}
from (select *${tried.map((sql) => `, ${sql}`).join('')} from (${source}))`;
}

function typedSql(carried: readonly string[], columns: readonly TypedColumn[], texts: string): string {
  const read = columns.filter((column) => column.text !== null);
  const parts = [
    ...carried,
    ...read.map(({ name }) => textOf(name)),
    ...read.filter((column) => column.attempt !== null).map(({ name }) => brokenOf(name)),
    ...read.map(({ name, typed }) => `${typed} as ${identifier(name)}`),
  ];
  return `select ${parts.join(',\n  ')}\nfrom (${texts})`;
}

/** Adds the columns that are computed from typed ones, one after the other, so that they can build on each other. */
function computedSql(columns: readonly TypedColumn[], typed: string): string {
  return columns
    .filter((column) => column.text === null)
    .reduce((inner, column) => {
      const value = [`${column.typed} as ${identifier(column.name)}`, ...brokenSql(column)];
      return `select *, ${value.join(', ')}\nfrom (select *, ${attemptSql(column)} from (${inner}))`;
    }, typed);
}

/** A check that cannot be computed for a row speaks against it, too. */
function checkedSql(group: LoadGroup, typed: string): string {
  const { checks } = group.dataset;
  if (checks.length === 0) return typed;
  const failed = checks.map(
    ({ expression }, index) => `try(coalesce((${expression}), true)) is not true as ${checkOf(index)}`,
  );
  return `select *, ${failed.join(', ')}\nfrom (${typed})`;
}

function reasonsSql(group: LoadGroup, columns: readonly TypedColumn[]): string {
  const faults = [
    ...columns.flatMap((column) => column.faults),
    ...group.dataset.checks.map((check, index) => ({ code: check.reason, condition: checkOf(index) })),
  ];
  if (faults.length === 0) return 'cast(null as varchar)';
  const any = faults.map(({ condition }) => `(${condition})`).join(' or ');
  const each = faults.map(({ code, condition }) => `case when ${condition} then ${literal(code)} end`).join(', ');
  // The list is put together only for the few rows that have a fault.
  return `case when ${any} then concat_ws(', ', ${each}) end`;
}

function attemptSql(column: TypedColumn): string {
  return `try(struct_pack(v := ${column.attempt})) as ${attemptOf(column.name)}`;
}

function brokenSql(column: TypedColumn): string[] {
  return column.attempt === null ? [] : [`${attemptOf(column.name)} is null as ${brokenOf(column.name)}`];
}

function checkOf(index: number): string {
  return `_check_${index}`;
}

/** The month as it stands in the text of a source value: a good one is written YYYY-MM-DD. */
function partitionSql({ dataset: { partition } }: LoadGroup, columns: readonly TypedColumn[]): string[] {
  if (partition === undefined) return [];
  const date = partition.month_of;
  const isRead = columns.some(({ name, text }) => name === date && text !== null);
  const month = isRead ? `substr(${textOf(date)}, 1, 7)` : `strftime(${identifier(date)}, '%Y-%m')`;
  return [`${month} as ${identifier(partition.name)}`];
}

function additionalSql(group: LoadGroup): string {
  const pairs = group.match.extra.map((index) => `${literal(group.match.header[index]?.trim() ?? '')}, r${index}`);
  return pairs.length === 0 ? 'cast(null as varchar)' : `cast(json_object(${pairs.join(', ')}) as varchar)`;
}

function rawJson(group: LoadGroup): string {
  return `cast(json_object(${group.match.header.map((name, index) => `${literal(name)}, r${index}`).join(', ')}) as varchar)`;
}
