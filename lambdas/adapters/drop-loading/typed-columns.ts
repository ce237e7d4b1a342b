import { type ColumnType, decimalDigits } from '../../domain/column-type.ts';
import type { Dataset, DatasetColumn, Normalisation } from '../../domain/dataset.ts';
import type { HeaderMatch } from '../../domain/header.ts';
import { readsSource } from '../../domain/dataset-expression.ts';
import { valuePattern } from '../../domain/value-pattern.ts';
import { duckDbType } from '../duckdb/parquet-files.ts';
import { identifier, literal } from '../../domain/sql-text.ts';

/** How one contract column is computed: text first, then typed, and what can be wrong with it. */
export interface TypedColumn {
  readonly name: string;
  /** SQL of the contract's expression, over the raw columns or over typed ones, which may fail for a row; null where there is none. */
  readonly attempt: string | null;
  /** SQL over the raw columns r0…rn giving normalised text (null when empty); null for columns computed from typed ones. */
  readonly text: string | null;
  /** SQL over the column's text (or its attempt) giving the typed value. */
  readonly typed: string;
  /** Conditions over the column's text, its value and its failure under which the row is bad, with their reason codes. */
  readonly faults: readonly { code: string; condition: string }[];
}

/** Names beside the contract's own, which begin with a letter: a column's text, its tried expression, and whether that failed. */
export const textOf = (name: string) => identifier(`_text_${name}`);
export const attemptOf = (name: string) => identifier(`_attempt_${name}`);
export const brokenOf = (name: string) => identifier(`_broken_${name}`);

const normalisers: Record<Normalisation, (sql: string) => string> = {
  trim: trimSql,
  upper: (sql) => `upper(${sql})`,
  lower: (sql) => `lower(${sql})`,
  integer_text: (sql) => `regexp_replace(${sql}, '^([+-]?[0-9]+)\\.0*$', '\\1')`,
  phone: (sql) => `regexp_replace(${sql}, '[^0-9+]', '', 'g')`,
  collapse_spaces: (sql) => `trim(regexp_replace(${sql}, '[\\s\\p{Z}]+', ' ', 'g'))`,
};

/**
 * Without spaces of every script (Unicode's Zs) at both ends; tabs and line ends stay. ASCII text that begins above the space and does
 * not end with one has none, which is cheaper to see than to trim: a sixth of the time of staging. Naming characters would make it
 * three times as slow on every value.
 */
function trimSql(sql: string): string {
  const isColumn = /^r\d+$/.test(sql);
  const bare = `${sql} >= '!' and not ends_with(${sql}, ' ') and strlen(${sql}) = length(${sql})`;
  return isColumn ? `case when ${bare} then ${sql} else trim(${sql}) end` : `trim(${sql})`;
}

/** SQL expressions for every column of a contract, given how the file's header fills it. */
export function typedColumns(dataset: Dataset, match: HeaderMatch): TypedColumn[] {
  return dataset.columns.map((column) => {
    const { name, expression, type } = column;
    const required = column.required || dataset.key.includes(name) || dataset.partition?.month_of === name;
    const tried = `${attemptOf(name)}.v`;
    if (expression === undefined) {
      return {
        name,
        attempt: null,
        text: textSql(column, match),
        typed: castSql(column),
        faults: faultsOf(column, required),
      };
    }
    const faults = faultsOf(column, required);
    if (readsSource(expression)) {
      const attempt = normalised(`cast((${expression}) as varchar)`, column);
      return { name, attempt, text: tried, typed: castSql(column), faults };
    }
    // A value computed from typed columns is rounded to its type, half away from zero.
    return { name, attempt: `cast((${expression}) as ${duckDbType(type)})`, text: null, typed: tried, faults };
  });
}

function textSql(column: DatasetColumn, match: HeaderMatch): string {
  if (column.constant !== undefined) return literal(column.constant);
  const position = match.positions[column.name];
  return position === undefined ? 'cast(null as varchar)' : normalised(`r${position}`, column);
}

function normalised(sql: string, column: DatasetColumn): string {
  return `nullif(${column.normalise.reduce((inner, step) => normalisers[step](inner), sql)}, '')`;
}

function castSql(column: DatasetColumn): string {
  const text = textOf(column.name);
  const pattern = valuePattern(column.type);
  if (pattern === null) return text;
  const sure = canonicalSql(column.type, text);
  const matches = `regexp_full_match(${text}, ${literal(pattern)})`;
  return `case when ${sure === null ? matches : `${sure} or ${matches}`} then ${castText(column, text)} end`;
}

/**
 * A quicker proof that a text matches its type's pattern, for the usual case: it is what DuckDB itself writes for the value (a decimal
 * may lack digits at its end). Dates so written have ten characters when they match: not `infinity`, nor years of five digits or BC.
 */
function canonicalSql(type: ColumnType, text: string): string | null {
  const written = `cast(try_cast(${text} as ${duckDbType(type)}) as varchar)`;
  if (decimalDigits(type) !== undefined) return `starts_with(${written}, ${text})`;
  if (type === 'date') return `(${written} = ${text} and strlen(${text}) = 10)`;
  return type === 'integer' || type === 'bigint' ? `${written} = ${text}` : null;
}

function castText(column: DatasetColumn, text: string): string {
  if (column.type !== 'timestamp') return `try_cast(${text} as ${duckDbType(column.type)})`;
  // A cast to a plain TIMESTAMP would drop the offset silently, so a value with one goes through TIMESTAMPTZ.
  const offset = `regexp_matches(${text}, '(Z|[+-][0-9]{2}:?[0-9]{2})$')`;
  const withColon = `regexp_replace(${text}, '([+-][0-9]{2})([0-9]{2})$', '\\1:\\2')`;
  return `cast(case when ${offset} then make_timestamp(epoch_us(try_cast(${withColon} as timestamptz))) else try_cast(${text} as timestamp) end as timestamp_ms)`;
}

function faultsOf(column: DatasetColumn, required: boolean): { code: string; condition: string }[] {
  const value = identifier(column.name);
  const computed = column.expression !== undefined && !readsSource(column.expression);
  const text = computed ? `cast(${value} as varchar)` : textOf(column.name);
  const faults: { code: string; condition: string }[] = [];
  const add = (kind: string, condition: string) => faults.push({ code: `${kind}(${column.name})`, condition });
  if (required) add('REQUIRED', `${text} is null`);
  const mistyped = computed || valuePattern(column.type) === null ? [] : [`${text} is not null and ${value} is null`];
  const broken = column.expression === undefined ? [] : [brokenOf(column.name)];
  if (mistyped.length + broken.length > 0) add('TYPE', [...broken, ...mistyped].join(' or '));
  if (column.accepted !== undefined) add('NOT_ACCEPTED', `${value} is not null and ${notAccepted(column, value)}`);
  if (column.pattern !== undefined) {
    add('PATTERN', `${value} is not null and not regexp_full_match(${text}, ${literal(column.pattern)})`);
  }
  const ranges = [
    column.minimum === undefined ? null : `${value} < ${column.minimum}`,
    column.exclusive_minimum === undefined ? null : `${value} <= ${column.exclusive_minimum}`,
    column.maximum === undefined ? null : `${value} > ${column.maximum}`,
  ].filter((range) => range !== null);
  if (ranges.length > 0) add('RANGE', ranges.join(' or '));
  return faults;
}

/** Compared as values of the column's type, so that a list may say 0.1 where a file says 0.10. */
function notAccepted(column: DatasetColumn, value: string): string {
  const values = (column.accepted ?? []).map((text) => `try_cast(${literal(text)} as ${duckDbType(column.type)})`);
  return `not coalesce(${value} in (${values.join(', ')}), false)`;
}
