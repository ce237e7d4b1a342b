import type { ObjectShape } from '../../org/object-shape.ts';
import { kindOf } from './field-kind.ts';
import type { ResolvedField } from './field-path.ts';

/** Macros that the expressions of this file use; every connection that runs them needs them once. */
export const VALUE_MACROS: readonly string[] = [
  // Digits with the exponent of the first significant one, which stands before the point.
  `create or replace temp macro java_exponent(digits, exponent) as
     substr(ltrim(digits, '0'), 1, 1) || '.'
     || coalesce(nullif(rtrim(substr(ltrim(digits, '0'), 2), '0'), ''), '0')
     || 'E' || (exponent - length(digits) + length(ltrim(digits, '0')))`,
  // `plain` is a double as DuckDB prints it, without sign: 123456789.125, 0.0001, 1.5e+20.
  `create or replace temp macro java_scientific(plain) as java_exponent(
     replace(split_part(plain, 'e', 1), '.', ''),
     length(split_part(split_part(plain, 'e', 1), '.', 1)) - 1
     + coalesce(try_cast(nullif(split_part(plain, 'e', 2), '') as integer), 0))`,
  // Salesforce prints numbers as Java prints a double: always with a point, with an exponent from ten million on and below a
  // thousandth. Both find the shortest digits that mean the number, so that only their arrangement differs.
  `create or replace temp macro java_double(value) as
     case when value = 0 then '0.0'
          when abs(value) >= 0.001 and abs(value) < 10000000 then cast(value as varchar)
          else case when value < 0 then '-' else '' end || java_scientific(cast(abs(value) as varchar)) end`,
];

/** Where a datetime ends: REST writes the offset, Bulk the letter. */
export type ZoneSuffix = '+0000' | 'Z';

/** A value as text, in SQL; null stays null. Not for compound fields. */
export function valueText({ field, sql }: Pick<ResolvedField, 'field' | 'sql'>, zone: ZoneSuffix): string {
  switch (kindOf(field)) {
    case 'number':
      return field.type === 'int' ? `cast(${sql} as varchar)` : `java_double(cast(${sql} as double))`;
    case 'boolean':
      return `cast(${sql} as varchar)`;
    case 'date':
      return `strftime(${sql}, '%Y-%m-%d')`;
    case 'datetime':
      return `strftime(${sql}, '%Y-%m-%dT%H:%M:%S.%g${zone}')`;
    default:
      return sql;
  }
}

/** A value as JSON, in SQL: `null`, or a text, number or boolean; an address is an object of its parts. */
export function valueJson(resolved: ResolvedField): string {
  const { field } = resolved;
  switch (kindOf(field)) {
    case 'number':
    case 'boolean':
      return `coalesce(${valueText(resolved, '+0000')}, 'null')`;
    case 'date':
    case 'datetime':
      return `coalesce('"' || ${valueText(resolved, '+0000')} || '"', 'null')`;
    case 'compound':
      return addressJson(resolved);
    default:
      return `coalesce(cast(to_json(${resolved.sql}) as varchar), 'null')`;
  }
}

const ADDRESS_PARTS = ['City', 'Country', 'GeocodeAccuracy', 'Latitude', 'Longitude', 'PostalCode', 'State', 'Street'];

function addressJson({ field, object, part }: ResolvedField): string {
  const prefix = field.name.replace(/Address$/, '');
  const present = ADDRESS_PARTS.filter((name) => hasField(object, prefix + name));
  if (present.length === 0) return `'null'`;
  const members = ADDRESS_PARTS.map((name) => {
    const key = `"${name.charAt(0).toLowerCase()}${name.slice(1)}":`;
    if (!present.includes(name)) return `'${key}null'`;
    return `'${key}' || coalesce(cast(to_json(${part(prefix + name)}) as varchar), 'null')`;
  });
  const empty = present.map((name) => `${part(prefix + name)} is null`).join(' and ');
  return `case when ${empty} then 'null' else '{' || ${members.join(` || ',' || `)} || '}' end`;
}

function hasField(object: ObjectShape, name: string): boolean {
  return object.fields.some((field) => field.name === name);
}
