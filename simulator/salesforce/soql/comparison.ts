import type { FieldShape } from '../../org/object-shape.ts';
import { SalesforceError, invalidField, malformedQuery } from '../api-error.ts';
import { daysOf } from './date-literal.ts';
import type { FieldKind } from './field-kind.ts';
import { kindOf } from './field-kind.ts';
import type { Parameters } from './parameters.ts';
import { longId } from './long-id.ts';

/** One value of a condition as the parser gives it: its text and what kind of literal it is. */
export interface Literal {
  readonly text: string;
  readonly type: string;
}

interface Comparison {
  readonly field: FieldShape;
  readonly sql: string;
  readonly operator: string;
  readonly literal: Literal;
}

const RANGED = new Set(['=', '!=', '<', '<=', '>', '>=']);

/** Names that error messages give to the types of fields. */
const TYPE_NAMES: Readonly<Record<FieldKind, string>> = {
  id: 'id',
  text: 'string',
  number: 'double',
  boolean: 'boolean',
  date: 'date',
  datetime: 'dateTime',
  compound: 'address',
};

/**
 * `field operator literal` as SQL that may be null, which means false. As in SOQL, an empty text is null, text compares without
 * regard to case, and `!=` is true for a null value.
 * @throws SalesforceError INVALID_FIELD, INVALID_QUERY_FILTER_OPERATOR
 */
export function compare(comparison: Comparison, parameters: Parameters, now: Date): string {
  const { field, sql, operator, literal } = comparison;
  if (literal.type === 'NULL' || literal.text === "''") {
    if (operator === '=') return `${sql} is null`;
    if (operator === '!=') return `${sql} is not null`;
    if (literal.type === 'NULL') throw wrongOperator(operator, field);
  }
  if (operator === 'LIKE') return like(comparison, parameters);
  if (!RANGED.has(operator)) throw wrongOperator(operator, field);
  if (kindOf(field) === 'boolean' && operator !== '=' && operator !== '!=') throw wrongOperator(operator, field);
  if (literal.type === 'DATE_LITERAL' || literal.type === 'DATE_N_LITERAL') {
    return compareDays(comparison, parameters, now);
  }
  const left = kindOf(field) === 'text' ? `lower(${sql})` : sql;
  const right = bindLiteral(field, literal, parameters);
  return operator === '!=' ? `${left} is distinct from ${right}` : `${left} ${operator} ${right}`;
}

/** The literal as a bound value that compares with the field (with `lower(field)`, if it is text). */
export function bindLiteral(field: FieldShape, literal: Literal, parameters: Parameters): string {
  const { type, text } = literal;
  switch (kindOf(field)) {
    case 'id':
      if (type === 'STRING') return parameters.bind(idOf(field, unquote(text)));
      break;
    case 'text':
      if (type === 'STRING') return `lower(${parameters.bind(unquote(text))})`;
      break;
    case 'number':
      if (type === 'INTEGER' || type === 'DECIMAL') return parameters.bind(text, 'double');
      break;
    case 'boolean':
      if (type === 'BOOLEAN') return parameters.bind(text.toLowerCase(), 'boolean');
      break;
    case 'date':
      if (type === 'DATE') return parameters.bind(validTime(text, text), 'date');
      break;
    case 'datetime':
      if (type === 'DATETIME') return parameters.bind(validTime(text, text).replace('Z', ''), 'timestamp');
      break;
    case 'compound':
      break;
  }
  throw wrongLiteral(field, type);
}

function like({ field, sql, literal }: Comparison, parameters: Parameters): string {
  if (kindOf(field) !== 'text') throw wrongOperator('LIKE', field);
  if (literal.type !== 'STRING') throw wrongLiteral(field, literal.type);
  return `lower(${sql}) like lower(${parameters.bind(unquote(literal.text, true))}) escape '\\'`;
}

function compareDays({ field, sql, operator, literal }: Comparison, parameters: Parameters, now: Date): string {
  const kind = kindOf(field);
  if (kind !== 'date' && kind !== 'datetime') throw wrongLiteral(field, literal.type);
  const { start, end } = daysOf(literal.text, now);
  const type = kind === 'date' ? 'date' : 'timestamp';
  const first = (): string => parameters.bind(start.toISOString().slice(0, 10), type);
  const after = (): string => parameters.bind(end.toISOString().slice(0, 10), type);
  switch (operator) {
    case '<':
      return `${sql} < ${first()}`;
    case '<=':
      return `${sql} < ${after()}`;
    case '>':
      return `${sql} >= ${after()}`;
    case '>=':
      return `${sql} >= ${first()}`;
    case '!=':
      return `(${sql} is null or ${sql} < ${first()} or ${sql} >= ${after()})`;
    default:
      return `(${sql} >= ${first()} and ${sql} < ${after()})`;
  }
}

/** A date or time that there is, as ISO text in UTC (a date stays a date). */
function validTime(text: string, shown: string): string {
  // An offset comes as +01:00, and from a URL whose plus was not escaped as ` 01:00`.
  const time = new Date(text.replace(' ', '+'));
  if (Number.isNaN(time.getTime())) throw malformedQuery(`line 1:1 no viable alternative at character '${shown}'`);
  return text.length === 10 ? text : time.toISOString();
}

function idOf(field: FieldShape, text: string): string {
  const id = longId(text);
  if (id === null) {
    throw new SalesforceError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text} (${field.name})`);
  }
  return id;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The text between the quotes of a SOQL literal. In a LIKE pattern, `\%` and `\_` stay escaped. */
function unquote(literal: string, pattern = false): string {
  return literal.slice(1, -1).replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (whole, escaped: string) => {
    if (escaped.length > 1) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    if (pattern && (escaped === '%' || escaped === '_' || escaped === '\\')) return whole;
    return ESCAPES[escaped.toLowerCase()] ?? escaped;
  });
}

function wrongOperator(operator: string, field: FieldShape): SalesforceError {
  return new SalesforceError(
    400,
    'INVALID_QUERY_FILTER_OPERATOR',
    `invalid operator '${operator}' on ${TYPE_NAMES[kindOf(field)]} field '${field.name}'`,
  );
}

function wrongLiteral(field: FieldShape, type: string): SalesforceError {
  const kind = kindOf(field);
  const quoted = kind === 'text' || kind === 'id';
  const advice = quoted ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  return invalidField(
    type === 'STRING' || quoted
      ? `value of filter criterion for field '${field.name}' must be of type ${TYPE_NAMES[kind]} and ${advice}`
      : `value of filter criterion for field '${field.name}' must be of type ${TYPE_NAMES[kind]}`,
  );
}
