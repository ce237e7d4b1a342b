import { type ClientAttribute, clientAttributes, type ClientFacts } from './client-attributes.ts';
import type { Operator, Scalar } from '../condition.ts';
import type { Condition } from './condition.ts';
import { hundredths } from '../hundredths.ts';

export type Predicate = (client: ClientFacts) => boolean;
type Value = string | bigint | boolean;

/** Turns a condition that has passed its schema into a function; money is compared exactly, texts as they are written. */
export function compileCondition(condition: Condition): Predicate {
  const { all, any, not, attribute, operator, value } = condition;
  if (all !== undefined) {
    const parts = all.map(compileCondition);
    return (client) => parts.every((part) => part(client));
  }
  if (any !== undefined) {
    const parts = any.map(compileCondition);
    return (client) => parts.some((part) => part(client));
  }
  if (not !== undefined) {
    const part = compileCondition(not);
    return (client) => !part(client);
  }
  if (attribute === undefined || operator === undefined) throw new RangeError('a condition without any test');
  const values = (Array.isArray(value) ? value : value === undefined ? [] : [value]) as readonly Scalar[];
  return comparison(attribute, operator, values);
}

function comparison(attribute: ClientAttribute, operator: Operator, written: readonly Scalar[]): Predicate {
  if (operator === 'is_null') return (client) => client[attribute] === null;
  if (operator === 'is_not_null') return (client) => client[attribute] !== null;
  const values = written.map((value) => comparable(attribute, value));
  const test = testOf(operator, values);
  return (client) => {
    const found = client[attribute];
    return found !== null && test(found);
  };
}

function comparable(attribute: ClientAttribute, value: Scalar): Value {
  return clientAttributes[attribute] === 'number' ? hundredths(String(value)) : (value as Value);
}

function testOf(
  operator: Exclude<Operator, 'is_null' | 'is_not_null'>,
  values: readonly Value[],
): (found: Value) => boolean {
  const [value] = values;
  if (value === undefined) throw new RangeError(`${operator} without a value`);
  const set = new Set(values);
  switch (operator) {
    case 'equals':
      return (found) => found === value;
    case 'not_equals':
      return (found) => found !== value;
    case 'in':
      return (found) => set.has(found);
    case 'not_in':
      return (found) => !set.has(found);
    case 'less_than':
      return (found) => found < value;
    case 'at_most':
      return (found) => found <= value;
    case 'greater_than':
      return (found) => found > value;
    case 'at_least':
      return (found) => found >= value;
    case 'starts_with':
      return (found) => String(found).startsWith(String(value));
    case 'contains':
      return (found) => String(found).includes(String(value));
  }
}
