import { type Query, parseQuery } from '@jetstreamapp/soql-parser-js';
import { malformedQuery } from '../api-error.ts';

/**
 * Reads a SOQL text. What the parser takes although Salesforce does not (an alias of a plain field), and what this org cannot
 * answer, is refused here with a message that names it.
 * @throws SalesforceError MALFORMED_QUERY
 */
export function parseSoql(soql: string): Query & { readonly sObject: string } {
  const query = parseOrExplain(soql);
  const { sObject } = query;
  if (sObject === undefined) throw malformedQuery('SOQL statements need a FROM clause.');
  for (const field of query.fields ?? []) {
    if ((field.type === 'Field' || field.type === 'FieldRelationship') && 'alias' in field && !query.groupBy) {
      throw malformedQuery(`unexpected token: '${field.alias}'`);
    }
    if (field.type === 'FieldSubquery') {
      throw malformedQuery(`the child relationship query on '${field.subquery.relationshipName}' is not supported`);
    }
    if (field.type === 'FieldTypeof') throw malformedQuery('TYPEOF is not supported');
  }
  const unsupported = unsupportedClause(query);
  if (unsupported !== null) throw malformedQuery(`${unsupported} is not supported`);
  return { ...query, sObject };
}

function parseOrExplain(soql: string): Query {
  try {
    return parseQuery(soql);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const found = /(?:found --> '|found: |character: ->)(.*?)(?:' <--|<-|$)/m.exec(message)?.[1];
    const what =
      found === undefined ? message : found === '' ? 'unexpected end of query' : `unexpected token: '${found}'`;
    throw malformedQuery(what);
  }
}

function unsupportedClause(query: Query): string | null {
  if (query.having !== undefined) return 'HAVING';
  if (query.usingScope !== undefined) return 'USING SCOPE';
  if (query.withDataCategory !== undefined) return 'WITH DATA CATEGORY';
  if (query.for !== undefined) return `FOR ${query.for}`;
  if (query.update !== undefined) return `UPDATE ${query.update}`;
  return null;
}
