import type { Condition, Operator, Scalar } from './condition.ts';
import { literal } from './sql-text.ts';

/**
 * A condition that has passed its schema, as SQL over columns of the attributes' names: never NULL, so that `not` of a comparison with a
 * missing value is true, as everywhere.
 */
export function conditionSql<Name extends string>(condition: Condition<Name>): string {
  const { all, any, not, attribute, operator, value } = condition;
  if (all !== undefined) return `(${all.map((part) => conditionSql(part)).join(' and ')})`;
  if (any !== undefined) return `(${any.map((part) => conditionSql(part)).join(' or ')})`;
  if (not !== undefined) return `not ${conditionSql(not)}`;
  if (attribute === undefined || operator === undefined) throw new RangeError('a condition without any test');
  if (operator === 'is_null') return `(${attribute} is null)`;
  if (operator === 'is_not_null') return `(${attribute} is not null)`;
  const values = (Array.isArray(value) ? value : value === undefined ? [] : [value]) as readonly Scalar[];
  return `coalesce(${comparison(attribute, operator, values.map(literalSql))}, false)`;
}

function comparison(column: string, operator: Exclude<Operator, 'is_null' | 'is_not_null'>, values: string[]): string {
  const [value] = values;
  if (value === undefined) throw new RangeError(`${operator} without a value`);
  switch (operator) {
    case 'equals':
      return `${column} = ${value}`;
    case 'not_equals':
      return `${column} <> ${value}`;
    case 'in':
      return `${column} in (${values.join(', ')})`;
    case 'not_in':
      return `${column} not in (${values.join(', ')})`;
    case 'less_than':
      return `${column} < ${value}`;
    case 'at_most':
      return `${column} <= ${value}`;
    case 'greater_than':
      return `${column} > ${value}`;
    case 'at_least':
      return `${column} >= ${value}`;
    case 'starts_with':
      return `starts_with(${column}, ${value})`;
    case 'contains':
      return `strpos(${column}, ${value}) > 0`;
  }
}

/** A text, number or truth value as SQL; a number as it was written. */
export function literalSql(value: Scalar): string {
  return typeof value === 'string' ? literal(value) : String(value);
}
