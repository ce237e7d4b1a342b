import type { ObjectShape } from '../../org/object-shape.ts';
import { kindOf } from './field-kind.ts';
import type { ResolvedField } from './field-path.ts';

/** Macros that the expressions of this file use; every connection that runs them needs them once. */
export const VALUE_MACROS: readonly string[] = [
  // `digits` is a whole number as text; it stands for itself times ten to the `power`.
  `create or replace temp macro java_scientific(digits, power) as
     left(digits, 1) || '.' || coalesce(nullif(rtrim(substr(digits, 2), '0'), ''), '0')
     || 'E' || (length(digits) - 1 + power)`,
  // Salesforce prints numbers as Java prints a double: always with a point, with an exponent from ten million on and below a
  // thousandth. Both find the shortest digits that mean the number, so that only their arrangement differs.
  `create or replace temp macro java_double(value) as
     case when value = 0 then '0.0'
          when abs(value) >= 0.001 and abs(value) < 10000000 then cast(value as varchar)
          else case when value < 0 then '-' else '' end || java_scientific(
            ltrim(replace(split_part(cast(abs(value) as varchar), 'e', 1), '.', ''), '0'),
            coalesce(try_cast(nullif(split_part(cast(abs(value) as varchar), 'e', 2), '') as integer), 0)
            - length(split_part(split_part(cast(abs(value) as varchar), 'e', 1), '.', 2))) end`,
  // The same, much faster, for a decimal of so many digits behind the point; one of more than 15 digits in all goes through a
  // double, as in Salesforce, where it loses the others.
  `create or replace temp macro java_decimal(value, digits) as
     case when value = 0 or (abs(value) >= 0.001 and abs(value) < 10000000) then cast(cast(value as double) as varchar)
          when abs(cast(value as double)) >= 10 ** (15 - digits) then java_double(cast(value as double))
          else case when value < 0 then '-' else '' end
            || java_scientific(ltrim(replace(cast(abs(value) as varchar), '.', ''), '0'), -digits) end`,
];

/** Where a datetime ends: REST writes the offset, Bulk the letter. */
export type ZoneSuffix = '+0000' | 'Z';

/** A value as text, in SQL; null stays null. Not for compound fields. */
export function valueText({ field, sql }: Pick<ResolvedField, 'field' | 'sql'>, zone: ZoneSuffix): string {
  switch (kindOf(field)) {
    case 'number':
      return field.type === 'int' ? `cast(${sql} as varchar)` : `java_decimal(${sql}, ${field.scale})`;
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
