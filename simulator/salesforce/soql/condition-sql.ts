import type { Query } from '@jetstreamapp/soql-parser-js';
import { SalesforceError, invalidField, malformedQuery } from '../api-error.ts';
import { type Literal, bindLiteral, compare } from './comparison.ts';
import type { ConditionTree } from './condition-tree.ts';
import { isFilterable, kindOf } from './field-kind.ts';
import type { FieldPaths, ResolvedField } from './field-path.ts';
import type { Parameters } from './parameters.ts';

/** What a condition is translated with. */
export interface ConditionScope {
  readonly paths: FieldPaths;
  readonly parameters: Parameters;
  /** The org's clock, from which date literals count. */
  readonly now: Date;
  /** Translates the query of `IN (SELECT …)`. */
  readonly semiJoin: (query: Query) => string;
}

type Leaf = (ConditionTree & { kind: 'leaf' })['condition'];

/** A condition as SQL that is never undecided where it matters: NOT turns an unknown into false before it negates. */
export function conditionSql(tree: ConditionTree, scope: ConditionScope): string {
  switch (tree.kind) {
    case 'leaf':
      return leafSql(tree.condition, scope);
    case 'not':
      return `not coalesce(${conditionSql(tree.inner, scope)}, false)`;
    case 'and':
    case 'or':
      return `(${tree.parts.map((part) => conditionSql(part, scope)).join(` ${tree.kind} `)})`;
  }
}

function leafSql(condition: Leaf, scope: ConditionScope): string {
  if ('fn' in condition) throw malformedQuery(`${condition.fn.rawValue ?? 'a function'} in WHERE is not supported`);
  if (!('field' in condition)) throw malformedQuery('a condition needs a field');
  const resolved = scope.paths.resolve(condition.field);
  if (!isFilterable(resolved.field)) {
    throw invalidField(`field '${resolved.path.join('.')}' can not be filtered in a query call`);
  }
  const operator = condition.operator.toUpperCase().replace(/\s+/g, ' ');
  if ('valueQuery' in condition) return semiJoinSql(resolved, operator, condition.valueQuery, scope);
  const literals = literalsOf(condition);
  if (operator === 'IN' || operator === 'NOT IN') return memberSql(resolved, operator, literals, scope);
  const [literal] = literals;
  if (literal === undefined || Array.isArray(condition.value)) throw malformedQuery(`unexpected token: '('`);
  return compare({ field: resolved.field, sql: resolved.sql, operator, literal }, scope.parameters, scope.now);
}

function literalsOf(condition: Extract<Leaf, { value: unknown }>): Literal[] {
  const values: readonly string[] = typeof condition.value === 'string' ? [condition.value] : condition.value;
  const { literalType } = condition;
  return values.map((text, index) => {
    const type = (Array.isArray(literalType) ? literalType[index] : literalType) ?? 'STRING';
    return { text, type };
  });
}

function memberSql(
  { field, sql }: ResolvedField,
  operator: string,
  literals: readonly Literal[],
  { parameters }: ConditionScope,
): string {
  const values = literals.filter((literal) => literal.type !== 'NULL' && literal.text !== "''");
  const left = kindOf(field) === 'text' ? `lower(${sql})` : sql;
  const among =
    values.length === 0
      ? 'false'
      : `${left} in (${values.map((literal) => bindLiteral(field, literal, parameters)).join(', ')})`;
  const withNull = values.length < literals.length;
  if (operator === 'IN') return withNull ? `(${sql} is null or ${among})` : among;
  return withNull ? `not coalesce(${sql} is null or ${among}, false)` : `not coalesce(${among}, false)`;
}

function semiJoinSql(resolved: ResolvedField, operator: string, query: Query, scope: ConditionScope): string {
  if (kindOf(resolved.field) !== 'id' || (operator !== 'IN' && operator !== 'NOT IN')) {
    throw new SalesforceError(
      400,
      'INVALID_QUERY_FILTER_OPERATOR',
      `semi join operator '${operator}' on field '${resolved.field.name}' is not valid`,
    );
  }
  const member = `${resolved.sql} in (${scope.semiJoin(query)})`;
  return operator === 'IN' ? member : `not coalesce(${member}, false)`;
}
