import { z } from 'zod';
import { isHundredths } from './hundredths.ts';
import type { DeclarationProblem } from './declaration-problem.ts';

const orders = ['less_than', 'at_most', 'greater_than', 'at_least'] as const;
const presence = ['is_null', 'is_not_null'] as const;
const equalities = ['equals', 'not_equals'] as const;
const memberships = ['in', 'not_in'] as const;
const texts = ['starts_with', 'contains'] as const;
const operators = [...equalities, ...memberships, ...orders, ...texts, ...presence] as const;
export type Operator = (typeof operators)[number];

/** What a condition may ask about: name -> kind. */
export type Attributes = Readonly<Record<string, AttributeType>>;
export type AttributeType = 'text' | 'number' | 'boolean';

const operatorsOf: Readonly<Record<AttributeType, readonly Operator[]>> = {
  text: [...equalities, ...memberships, ...texts, ...presence],
  number: [...equalities, ...memberships, ...orders, ...presence],
  boolean: [...equalities, ...presence],
};

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A condition as written: `all`, `any`, `not`, or `attribute`, `operator` and `value`. */
export interface Condition<Name extends string = string> {
  readonly all?: readonly Condition<Name>[] | undefined;
  readonly any?: readonly Condition<Name>[] | undefined;
  readonly not?: Condition<Name> | undefined;
  readonly attribute?: Name | undefined;
  readonly operator?: Operator | undefined;
  readonly value?: Scalar | readonly Scalar[] | undefined;
}
export type Scalar = string | number | boolean;

/**
 * The schema of conditions over some attributes. A comparison with a missing value is false, whatever the operator; only `is_null` and
 * `is_not_null` ask for it. `not` turns that false into true. One flat shape instead of a union: so every problem is told with its
 * place, and not as "no alternative fits".
 */
export function conditionSchemaOf<Name extends string>(
  attributes: Readonly<Record<Name, AttributeType>>,
): z.ZodType<Condition<Name>> {
  const partsSchema = z.strictObject({
    get all() {
      return z.array(schema).min(1).optional().describe('every one of these holds');
    },
    get any() {
      return z.array(schema).min(1).optional().describe('at least one of these holds');
    },
    get not(): z.ZodOptional<z.ZodType<Condition<Name>>> {
      return schema.optional().describe('this does not hold');
    },
    attribute: z.enum(Object.keys(attributes) as [Name, ...Name[]]).optional(),
    operator: z.enum(operators).optional(),
    value: z.union([scalar, z.array(scalar).min(1)]).optional(),
  });
  const schema: z.ZodType<Condition<Name>> = partsSchema.superRefine((condition, context) => {
    for (const problem of shapeProblems(condition, attributes)) context.addIssue({ code: 'custom', ...problem });
  }) as unknown as z.ZodType<Condition<Name>>;
  return schema;
}

function shapeProblems(condition: Condition, attributes: Attributes): DeclarationProblem[] {
  const { attribute, operator, value } = condition;
  const forms = (['all', 'any', 'not', 'attribute'] as const).filter((form) => condition[form] !== undefined);
  if (forms.length !== 1) {
    return [{ path: [], message: 'expected exactly one of all, any, not, or attribute with operator and value' }];
  }
  if (attribute === undefined) {
    if (operator === undefined && value === undefined) return [];
    return [{ path: [], message: `operator and value belong to an attribute, not to ${forms[0]}` }];
  }
  const type = attributes[attribute];
  if (type === undefined) return [];
  const valid = operatorsOf[type];
  if (operator === undefined || !valid.includes(operator)) {
    const found = operator === undefined ? 'no operator' : `'${operator}' does not fit`;
    return [{ path: ['operator'], message: `${found} for ${attribute}; valid operators: ${valid.join(', ')}` }];
  }
  const message = valueProblem(type, operator, value);
  return message === null ? [] : [{ path: ['value'], message }];
}

function valueProblem(type: AttributeType, operator: Operator, value: Condition['value']): string | null {
  if (presence.some((name) => name === operator)) return value === undefined ? null : `${operator} takes no value`;
  const many = memberships.some((name) => name === operator);
  if (many !== Array.isArray(value)) return many ? `${operator} needs a list of values` : `${operator} needs one value`;
  const values = (Array.isArray(value) ? value : [value]) as (Scalar | undefined)[];
  const fits = (one: Scalar | undefined) => {
    if (type === 'number') return typeof one === 'number' && isHundredths(String(one));
    return typeof one === (type === 'text' ? 'string' : 'boolean');
  };
  const expected = { text: 'text', number: 'a number with at most two places', boolean: 'true or false' }[type];
  return values.every(fits) ? null : `expected ${expected}`;
}
