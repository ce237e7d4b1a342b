import type { ColumnType } from './column-type.ts';
import { decimalDigits } from './column-type.ts';
import { reservedNames } from './dataset.ts';
import { type Mapping, type MappingColumn, sourceFields, type TextStep } from './mapping.ts';
import { valuePattern } from './value-pattern.ts';
import { literal } from './sql-text.ts';

/** SQL in the common dialect for the text of a mapped column, and for its typed value. */

const steps: Record<TextStep, (sql: string) => string> = {
  upper: (sql) => `upper(${sql})`,
  lower: (sql) => `lower(${sql})`,
  collapse_spaces: (sql) => `regexp_replace(${sql}, '\\s+', ' ')`,
  // An extension is no part of the number; what remains are digits and +.
  phone: (sql) =>
    `regexp_replace(regexp_replace(lower(${sql}), '\\s*(x|ext[.]?|extension)\\s*[0-9]+$', ''), '[^0-9+]', '')`,
  email: (sql) => `lower(regexp_replace(${sql}, '^mailto:', ''))`,
  integer_text: (sql) => `regexp_replace(${sql}, '[.]0*$', '')`,
};

/** Column of a Salesforce bronze table: the field's name in lower case, quoted where SQL has a use for the word. */
export function bronzeField(field: string): string {
  const name = field.toLowerCase();
  return reservedNames.has(name) ? `"${name}"` : name;
}

/** The cleaned text of a column, null when empty; reads the fields of `row`. */
export function textSql(column: MappingColumn, row: string): string {
  const fields = sourceFields(column).map((field) => cleaned(column, `${row}.${bronzeField(field)}`));
  const text = fields.length === 1 ? (fields[0] ?? 'null') : `coalesce(${fields.join(', ')})`;
  const replaced = withValues(text, column.values);
  if (column.type === 'boolean') return booleanText(replaced, column, row);
  return column.default === undefined ? replaced : `coalesce(${replaced}, ${literal(column.default)})`;
}

function cleaned(column: MappingColumn, field: string): string {
  const normalised = column.normalise.reduce((sql, step) => steps[step](sql), `trim(${field})`);
  return `nullif(${normalised}, '')`;
}

function withValues(sql: string, values: MappingColumn['values']): string {
  const pairs = Object.entries(values);
  if (pairs.length === 0) return sql;
  const whens = pairs.map(([from, to]) => `when ${literal(from)} then ${literal(to)}`);
  return `case ${sql} ${whens.join(' ')} else ${sql} end`;
}

/** A Data Export writes a false box as nothing. */
function booleanText(sql: string, column: MappingColumn, row: string): string {
  const empty = `case when ${row}._source_system = 'salesforce-export' then 'false' end`;
  return `coalesce(${sql}, ${empty}${column.default === undefined ? '' : `, ${literal(column.default)}`})`;
}

/** The typed value of a text; null where the type does not take it. */
export function typedSql(type: ColumnType, text: string): string {
  const pattern = valuePattern(type);
  if (pattern === null) return text;
  const fits = `regexp_like(${text}, '^(?:${pattern})$')`;
  if (decimalDigits(type) !== undefined) return decimalSql(type, text, fits);
  switch (type) {
    case 'boolean':
      // Texts as Salesforce writes them need no pattern.
      return `case when ${text} = 'true' then true when ${text} = 'false' then false when ${fits} then lower(${text}) in ('true', '1') end`;
    case 'timestamp':
      return timestampSql(text, fits);
    default:
      return `case when ${fits} then try_cast(${text} as ${type}) end`;
  }
}

/**
 * Bulk results write large numbers as 1.39E8: taken when no digit is lost. What is compared has room for the type's whole digits on both
 * sides: a comparison brings the value with fewer places to the other's, and fails where its whole digits do not fit.
 */
function decimalSql(type: ColumnType, text: string, fits: string): string {
  const { precision, scale } = decimalDigits(type) ?? { precision: 38, scale: 0 };
  const exponent = `regexp_like(${text}, '^[+-]?[0-9]([.][0-9]{1,16})?[eE]([+]?[0-9]{1,2}|-[1-6])$')`;
  const places = Math.min(scale + 6, 38 - (precision - scale));
  const value = `try_cast(${text} as ${type})`;
  const plain = `when ${fits} then ${value}`;
  // Without places to spare nothing shows whether a digit is lost.
  if (places <= scale) return `case ${plain} end`;
  return `case ${plain} when ${exponent} and ${value} = try_cast(${text} as decimal(38,${places})) then ${value} end`;
}

/** As Bulk results and REST answers have it; what the pattern below makes of it, in half the time. */
const usualTimestamp = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}(Z|[+]0000)$';

/** `2025-01-31T10:00:00.000Z` or `+0000`, or any other offset, in UTC; without offset it is UTC already. Milliseconds are kept. */
function timestampSql(text: string, fits: string): string {
  const clock = `regexp_extract(substr(${text}, 12), '^[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,3})?)?')`;
  const local = `try_cast(substr(${text}, 1, 10) || ' ' || ${clock} as timestamp)`;
  const part = (group: number) => `regexp_extract(substr(${text}, 17), '([+-])([0-9]{2}):?([0-9]{2})$', ${group})`;
  const minutes = `cast(${part(1)} || '1' as integer) * (cast(${part(2)} as integer) * 60 + cast(${part(3)} as integer))`;
  return `case
      when regexp_like(${text}, '${usualTimestamp}') then try_cast(substr(${text}, 1, 10) || ' ' || substr(${text}, 12, 12) as timestamp)
      when ${fits} then case
        when regexp_like(${text}, '(Z|[+]00:?00)$') then ${local}
        else date_add('minute', coalesce(-(${minutes}), 0), ${local})
      end
    end`;
}

/** When the version of a record was written: the first of the fields that has one. */
export function stampSql(fields: readonly string[], row: string): string {
  const texts = fields.map((field) => `nullif(trim(${row}.${bronzeField(field)}), '')`);
  return `coalesce(${texts.join(', ')})`;
}

/** Columns whose text can fail to become their type. */
export function castColumns(mapping: Mapping): MappingColumn[] {
  return mapping.columns.filter((column) => column.type !== 'varchar');
}
