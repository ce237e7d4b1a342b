import type { OrderByClause, Query } from '@jetstreamapp/soql-parser-js';
import type { ObjectShape } from '../../org/object-shape.ts';
import { SalesforceError, invalidField, malformedQuery } from '../api-error.ts';
import type { OrgSchema } from '../org-schema.ts';
import { conditionSql } from './condition-sql.ts';
import { conditionTree } from './condition-tree.ts';
import { isFilterable, kindOf } from './field-kind.ts';
import { FieldPaths } from './field-path.ts';
import { column } from './identifier.ts';
import { Parameters } from './parameters.ts';
import { parseSoql } from './parse-soql.ts';
import { type Selection, selectionOf } from './select-clause.ts';

/** What a query is compiled against. */
export interface QueryContext {
  readonly schema: OrgSchema;
  /** The org's clock. */
  readonly now: Date;
  /** `queryAll` shows what is in the recycle bin, `query` does not. */
  readonly includeDeleted: boolean;
}

/** A query against `org."<Object>"`. */
export interface CompiledQuery {
  readonly object: ObjectShape;
  readonly query: Query;
  readonly paths: FieldPaths;
  readonly selection: Selection;
  /** From FROM to the end: where, group by, order by, limit. */
  readonly source: string;
  /** What the source binds. */
  readonly parameters: readonly string[];
}

const MAXIMUM_OFFSET = 2000;

/** @throws SalesforceError for everything that Salesforce refuses a query for */
export function compileSoql(soql: string, context: QueryContext): CompiledQuery {
  const query = parseSoql(soql);
  return compile(query, query.sObject, context, new Parameters(), 't');
}

function compile(
  query: Query,
  objectName: string,
  context: QueryContext,
  parameters: Parameters,
  alias: string,
): CompiledQuery {
  const object = context.schema.object(objectName);
  const paths = new FieldPaths(context.schema, object, alias, query.sObjectAlias);
  const selection = selectionOf(query, paths);
  const conditions: string[] = [];
  if (query.where !== undefined) {
    const semiJoin = (inner: Query): string => semiJoinSql(inner, context, parameters, `${alias}s`);
    conditions.push(conditionSql(conditionTree(query.where), { paths, parameters, now: context.now, semiJoin }));
  }
  if (!context.includeDeleted && context.schema.findField(object, 'IsDeleted') !== undefined) {
    conditions.push(`not ${column(alias, 'IsDeleted')}`);
  }
  const order = orderSql(query, paths);
  const clauses = [
    conditions.length > 0 ? `where ${conditions.join(' and ')}` : '',
    selection.kind === 'aggregates' && selection.groups.length > 0 ? `group by ${selection.groups.join(', ')}` : '',
    order,
    boundsSql(query),
  ];
  // FROM comes last: only now it is known which parents were reached.
  const source = [`from ${paths.from()}`, ...clauses].filter((clause) => clause !== '').join(' ');
  return { object, query, paths, selection, source, parameters: parameters.values };
}

function semiJoinSql(query: Query, context: QueryContext, parameters: Parameters, alias: string): string {
  if (query.sObject === undefined) throw malformedQuery('SOQL statements need a FROM clause.');
  const inner = compile(query, query.sObject, context, parameters, alias);
  const [selected, another] = inner.selection.kind === 'records' ? inner.selection.columns : [];
  if (selected === undefined || another !== undefined || kindOf(selected.field) !== 'id') {
    throw malformedQuery('The inner select of a semi join selects one Id or reference field');
  }
  return `select ${selected.sql} ${inner.source}`;
}

function orderSql(query: Query, paths: FieldPaths): string {
  const clauses = [query.orderBy ?? []].flat();
  return clauses.length === 0 ? '' : `order by ${clauses.map((clause) => orderTermSql(clause, paths)).join(', ')}`;
}

/** Nulls come first in both directions, unless the query says otherwise; text sorts without regard to case. */
function orderTermSql(clause: OrderByClause, paths: FieldPaths): string {
  if (!('field' in clause)) throw malformedQuery(`${clause.fn.rawValue ?? 'a function'} in ORDER BY is not supported`);
  const { field, sql } = paths.resolve(clause.field);
  if (!isFilterable(field)) throw invalidField(`field '${field.name}' can not be sorted in a query call`);
  const key = kindOf(field) === 'text' ? `lower(${sql})` : sql;
  const direction = clause.order === 'DESC' ? 'desc' : 'asc';
  const nulls = clause.nulls === 'LAST' ? 'last' : 'first';
  return `${key} ${direction} nulls ${nulls}`;
}

function boundsSql(query: Query): string {
  if ((query.offset ?? 0) > MAXIMUM_OFFSET) {
    throw new SalesforceError(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAXIMUM_OFFSET}`);
  }
  const limit = query.limit === undefined ? '' : `limit ${query.limit}`;
  const offset = query.offset === undefined ? '' : `offset ${query.offset}`;
  return [limit, offset].filter((bound) => bound !== '').join(' ');
}
