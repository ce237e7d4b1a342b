import { z } from 'zod';
import { attributeNames, type AttributeType, clientAttributes } from './client-attributes.ts';
import { isHundredths } from './hundredths.ts';

const orders = ['less_than', 'at_most', 'greater_than', 'at_least'] as const;
const presence = ['is_null', 'is_not_null'] as const;
const equalities = ['equals', 'not_equals'] as const;
const memberships = ['in', 'not_in'] as const;
const texts = ['starts_with', 'contains'] as const;
export const operators = [...equalities, ...memberships, ...orders, ...texts, ...presence] as const;
export type Operator = (typeof operators)[number];

const operatorsOf: Readonly<Record<AttributeType, readonly Operator[]>> = {
  text: [...equalities, ...memberships, ...texts, ...presence],
  money: [...equalities, ...memberships, ...orders, ...presence],
  boolean: [...equalities, ...presence],
};

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** One flat shape instead of a union: so every problem is told with its place, and not as "no alternative fits". */
const partsSchema = z.strictObject({
  get all() {
    return z.array(conditionSchema).min(1).optional().describe('every one of these holds');
  },
  get any() {
    return z.array(conditionSchema).min(1).optional().describe('at least one of these holds');
  },
  get not(): z.ZodOptional<z.ZodType<Condition>> {
    return conditionSchema.optional().describe('this does not hold');
  },
  attribute: z.enum(attributeNames).optional(),
  operator: z.enum(operators).optional(),
  value: z.union([scalar, z.array(scalar).min(1)]).optional(),
});

/** A condition as written: `all`, `any`, `not`, or `attribute`, `operator` and `value`. */
export interface Condition {
  readonly all?: readonly Condition[] | undefined;
  readonly any?: readonly Condition[] | undefined;
  readonly not?: Condition | undefined;
  readonly attribute?: (typeof attributeNames)[number] | undefined;
  readonly operator?: Operator | undefined;
  readonly value?: Scalar | readonly Scalar[] | undefined;
}
export type Scalar = string | number | boolean;

/**
 * Conditions over a client. A comparison with a missing value is false, whatever the operator; only `is_null` and `is_not_null` ask
 * for it. `not` turns that false into true.
 */
export const conditionSchema: z.ZodType<Condition> = partsSchema.superRefine((condition, context) => {
  for (const problem of shapeProblems(condition)) context.addIssue({ code: 'custom', ...problem });
});

interface Problem {
  readonly path: string[];
  readonly message: string;
}

function shapeProblems(condition: Condition): Problem[] {
  const { attribute, operator, value } = condition;
  const forms = (['all', 'any', 'not', 'attribute'] as const).filter((form) => condition[form] !== undefined);
  if (forms.length !== 1) {
    return [{ path: [], message: 'expected exactly one of all, any, not, or attribute with operator and value' }];
  }
  if (attribute === undefined) {
    if (operator === undefined && value === undefined) return [];
    return [{ path: [], message: `operator and value belong to an attribute, not to ${forms[0]}` }];
  }
  const valid = operatorsOf[clientAttributes[attribute]];
  if (operator === undefined || !valid.includes(operator)) {
    const found = operator === undefined ? 'no operator' : `'${operator}' does not fit`;
    return [{ path: ['operator'], message: `${found} for ${attribute}; valid operators: ${valid.join(', ')}` }];
  }
  const message = valueProblem(clientAttributes[attribute], operator, value);
  return message === null ? [] : [{ path: ['value'], message }];
}

function valueProblem(type: AttributeType, operator: Operator, value: Condition['value']): string | null {
  if (presence.some((name) => name === operator)) return value === undefined ? null : `${operator} takes no value`;
  const many = memberships.some((name) => name === operator);
  if (many !== Array.isArray(value)) return many ? `${operator} needs a list of values` : `${operator} needs one value`;
  const values = (Array.isArray(value) ? value : [value]) as (Scalar | undefined)[];
  const fits = (one: Scalar | undefined) => {
    if (type === 'money') return typeof one === 'number' && isHundredths(String(one));
    return typeof one === (type === 'text' ? 'string' : 'boolean');
  };
  const expected = { text: 'text', money: 'a number with at most two places', boolean: 'true or false' }[type];
  return values.every(fits) ? null : `expected ${expected}`;
}
