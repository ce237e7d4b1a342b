import type { FieldType, FieldFunctionExpression, Query } from '@jetstreamapp/soql-parser-js';
import { SalesforceError, malformedQuery } from '../api-error.ts';
import { kindOf } from './field-kind.ts';
import type { FieldPaths, ResolvedField } from './field-path.ts';
import { valueJson } from './value-text.ts';

/** One value of an aggregate query. */
export interface AggregateColumn {
  readonly name: string;
  /** SQL of the value as JSON. */
  readonly json: string;
}

/** What a query answers with: records, aggregate results, or only their number. */
export type Selection =
  | { readonly kind: 'records'; readonly columns: readonly ResolvedField[] }
  | { readonly kind: 'aggregates'; readonly columns: readonly AggregateColumn[]; readonly groups: readonly string[] }
  | { readonly kind: 'count' };

const FIELDS_LIMIT = 200;

/** @throws SalesforceError MALFORMED_QUERY, INVALID_FIELD */
export function selectionOf(query: Query, paths: FieldPaths): Selection {
  const fields = query.fields ?? [];
  const functions = fields.filter((field) => field.type === 'FieldFunctionExpression');
  const [only] = functions;
  if (fields.length === 1 && only !== undefined && isPlainCount(only)) return { kind: 'count' };
  const aggregates = functions.filter((field) => field.functionName.toUpperCase() !== 'FIELDS');
  if (aggregates.length > 0 || query.groupBy !== undefined) return aggregateSelection(query, fields, paths);
  const columns = fields.flatMap((field) => columnsOf(field, query, paths));
  const seen = new Set<string>();
  for (const { path } of columns) {
    const name = path.join('.');
    if (seen.has(name)) throw malformedQuery(`duplicate field selected: ${name}`);
    seen.add(name);
  }
  return { kind: 'records', columns };
}

function isPlainCount(field: FieldFunctionExpression): boolean {
  return field.functionName.toUpperCase() === 'COUNT' && field.parameters.length === 0;
}

/** The path of a field as the query wrote it. */
function pathOf(field: FieldType): string | null {
  if (field.type === 'Field') return field.field;
  if (field.type === 'FieldRelationship') return [...field.relationships, field.field].join('.');
  return null;
}

function columnsOf(field: FieldType, query: Query, paths: FieldPaths): readonly ResolvedField[] {
  const path = pathOf(field);
  if (path !== null) return [paths.resolve(path)];
  if (field.type !== 'FieldFunctionExpression') throw malformedQuery('unexpected selection');
  const group = String(field.parameters[0]).toUpperCase();
  if (group !== 'STANDARD' && (query.limit === undefined || query.limit > FIELDS_LIMIT)) {
    throw malformedQuery(`The SOQL FIELDS function must have a LIMIT of at most ${FIELDS_LIMIT}`);
  }
  const wanted = paths.object.fields.filter((shape) => group === 'ALL' || shape.custom === (group === 'CUSTOM'));
  return wanted.map((shape) => paths.resolve(shape.name));
}

function aggregateSelection(query: Query, fields: readonly FieldType[], paths: FieldPaths): Selection {
  const clauses = [query.groupBy ?? []].flat();
  const groups = clauses.map((clause) => {
    if (!('field' in clause))
      throw malformedQuery(`${clause.fn.rawValue ?? 'a function'} in GROUP BY is not supported`);
    return paths.resolve(clause.field);
  });
  let unnamed = 0;
  const columns = fields.map((field): AggregateColumn => {
    if (field.type === 'FieldFunctionExpression') {
      return { name: field.alias ?? `expr${unnamed++}`, json: aggregateJson(field, paths) };
    }
    const path = pathOf(field);
    if (path === null) throw malformedQuery('unexpected selection');
    const resolved = paths.resolve(path);
    if (!groups.some((group) => group.sql === resolved.sql)) {
      throw malformedQuery(`Field must be grouped or aggregated: ${path}`);
    }
    const alias = 'alias' in field ? field.alias : undefined;
    return { name: alias ?? resolved.field.name, json: valueJson(resolved) };
  });
  return { kind: 'aggregates', columns, groups: groups.map((group) => group.sql) };
}

function aggregateJson(field: FieldFunctionExpression, paths: FieldPaths): string {
  const name = field.functionName.toUpperCase();
  const [argument] = field.parameters;
  if (typeof argument !== 'string') throw malformedQuery(`${field.rawValue ?? name} is not supported`);
  const resolved = paths.resolve(argument);
  switch (name) {
    case 'COUNT':
      return `cast(count(${resolved.sql}) as varchar)`;
    case 'COUNT_DISTINCT':
      return `cast(count(distinct ${resolved.sql}) as varchar)`;
    case 'MIN':
    case 'MAX':
      if (kindOf(resolved.field) === 'boolean') break;
      return valueJson({ ...resolved, sql: `${name.toLowerCase()}(${resolved.sql})` });
    case 'SUM':
    case 'AVG':
      if (kindOf(resolved.field) !== 'number') break;
      return `coalesce(java_double(cast(${name.toLowerCase()}(${resolved.sql}) as double)), 'null')`;
    default:
      throw malformedQuery(`the function ${name} is not supported`);
  }
  throw new SalesforceError(400, 'INVALID_FIELD', `field ${argument} does not support aggregate operator ${name}`);
}
