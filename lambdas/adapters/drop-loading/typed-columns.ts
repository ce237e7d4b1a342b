import type { Dataset, DatasetColumn, Normalisation } from '../../domain/dataset.ts';
import type { HeaderMatch } from '../../domain/header.ts';
import { readsSource } from '../../domain/dataset-expression.ts';
import { valuePattern } from '../../domain/value-pattern.ts';
import { duckDbType } from '../duckdb/parquet-files.ts';
import { identifier, literal } from '../duckdb/session.ts';

/** How one contract column is computed: text first, then typed, and what can be wrong with it. */
export interface TypedColumn {
  readonly name: string;
  /** SQL over the raw columns r0…rn giving normalised text (null when empty); null for columns computed from typed ones. */
  readonly text: string | null;
  /** SQL over `t_<name>` (or over other typed columns) giving the typed value. */
  readonly typed: string;
  /** Conditions over `t_<name>` and the typed columns under which the row is bad, with their reason codes. */
  readonly faults: readonly { code: string; condition: string }[];
}

const normalisers: Record<Normalisation, (sql: string) => string> = {
  // Spaces of every script (Unicode's Zs), no tabs and line ends: naming characters makes it three times as slow on every value.
  trim: (sql) => `trim(${sql})`,
  upper: (sql) => `upper(${sql})`,
  lower: (sql) => `lower(${sql})`,
  integer_text: (sql) => `regexp_replace(${sql}, '^([+-]?[0-9]+)\\.0*$', '\\1')`,
  phone: (sql) => `regexp_replace(${sql}, '[^0-9+]', '', 'g')`,
  collapse_spaces: (sql) => `trim(regexp_replace(${sql}, '[\\s\\p{Z}]+', ' ', 'g'))`,
};

/** SQL expressions for every column of a contract, given how the file's header fills it. */
export function typedColumns(dataset: Dataset, match: HeaderMatch): TypedColumn[] {
  return dataset.columns.map((column) => {
    const text = textSql(column, match);
    const typed = text === null ? computedSql(column) : castSql(column);
    return { name: column.name, text, typed, faults: faultsOf(column, dataset, text !== null) };
  });
}

function textSql(column: DatasetColumn, match: HeaderMatch): string | null {
  if (column.constant !== undefined) return literal(column.constant);
  if (column.expression !== undefined) {
    return readsSource(column.expression) ? normalised(`cast((${column.expression}) as varchar)`, column) : null;
  }
  const position = match.positions[column.name];
  return position === undefined ? 'cast(null as varchar)' : normalised(`r${position}`, column);
}

function normalised(sql: string, column: DatasetColumn): string {
  return `nullif(${column.normalise.reduce((inner, step) => normalisers[step](inner), sql)}, '')`;
}

/** A value computed from typed columns is rounded to its type, half away from zero. */
function computedSql(column: DatasetColumn): string {
  return `try_cast((${column.expression}) as ${duckDbType(column.type)})`;
}

function castSql(column: DatasetColumn): string {
  const text = identifier(`t_${column.name}`);
  const pattern = valuePattern(column.type);
  if (pattern === null) return text;
  const matches = `regexp_full_match(${text}, ${literal(pattern)})`;
  return `case when ${matches} then ${castText(column, text)} end`;
}

function castText(column: DatasetColumn, text: string): string {
  if (column.type !== 'timestamp') return `try_cast(${text} as ${duckDbType(column.type)})`;
  // A cast to a plain TIMESTAMP would drop the offset silently, so a value with one goes through TIMESTAMPTZ.
  const offset = `regexp_matches(${text}, '(Z|[+-][0-9]{2}:?[0-9]{2})$')`;
  const withColon = `regexp_replace(${text}, '([+-][0-9]{2})([0-9]{2})$', '\\1:\\2')`;
  return `cast(case when ${offset} then make_timestamp(epoch_us(try_cast(${withColon} as timestamptz))) else try_cast(${text} as timestamp) end as timestamp_ms)`;
}

function faultsOf(column: DatasetColumn, dataset: Dataset, hasText: boolean): { code: string; condition: string }[] {
  const value = identifier(column.name);
  const text = identifier(`t_${column.name}`);
  const faults: { code: string; condition: string }[] = [];
  const add = (kind: string, condition: string) => faults.push({ code: `${kind}(${column.name})`, condition });
  const required = column.required || dataset.key.includes(column.name) || dataset.partition?.month_of === column.name;
  if (required) add('REQUIRED', `${hasText ? text : value} is null`);
  if (hasText && valuePattern(column.type) !== null) add('TYPE', `${text} is not null and ${value} is null`);
  if (column.accepted !== undefined) {
    add(
      'NOT_ACCEPTED',
      `${value} is not null and cast(${value} as varchar) not in (${column.accepted.map(literal).join(', ')})`,
    );
  }
  if (column.pattern !== undefined) {
    add(
      'PATTERN',
      `${value} is not null and not regexp_full_match(cast(${value} as varchar), ${literal(column.pattern)})`,
    );
  }
  const ranges = [
    column.minimum === undefined ? null : `${value} < ${column.minimum}`,
    column.exclusive_minimum === undefined ? null : `${value} <= ${column.exclusive_minimum}`,
    column.maximum === undefined ? null : `${value} > ${column.maximum}`,
  ].filter((range) => range !== null);
  if (ranges.length > 0) add('RANGE', ranges.join(' or '));
  return faults;
}
