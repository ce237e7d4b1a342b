import { SalesforceError, invalidField } from '../api-error.ts';
import { type CompiledQuery, type QueryContext, compileSoql } from './compile-soql.ts';
import { kindOf } from './field-kind.ts';
import type { ResolvedField } from './field-path.ts';
import { quoteIdentifier } from './identifier.ts';
import { valueText } from './value-text.ts';

/** A query as a Bulk job runs it. */
export interface BulkQuery {
  readonly object: string;
  /** Names of the CSV's columns. */
  readonly header: readonly string[];
  /** Selects every value as text; null as the empty text. */
  readonly sql: string;
  readonly parameters: readonly string[];
}

/**
 * Compiles a query for Bulk API 2.0, which refuses what does not come as flat rows or cannot be split into chunks.
 * @throws SalesforceError
 */
export function compileBulkQuery(soql: string, context: QueryContext): BulkQuery {
  const compiled = compileSoql(soql, context);
  const columns = plainColumns(compiled);
  const header = columns.map(({ path }) => path.join('.'));
  const values = columns.map(
    (resolved, index) => `coalesce(${valueText(resolved, 'Z')}, '') as ${quoteIdentifier(header[index] ?? '')}`,
  );
  return {
    object: compiled.object.name,
    header,
    sql: `select ${values.join(', ')} ${compiled.source}`,
    parameters: compiled.parameters,
  };
}

function plainColumns({ query, selection }: CompiledQuery): readonly ResolvedField[] {
  if (query.groupBy !== undefined) throw refused('Group by is not supported in Bulk Query');
  if (selection.kind !== 'records') throw refused('Aggregate functions are not supported in Bulk Query');
  if (query.offset !== undefined) throw refused('Offset is not supported in Bulk Query');
  for (const field of query.fields ?? []) {
    if (field.type === 'FieldFunctionExpression' && String(field.parameters[0]).toUpperCase() !== 'STANDARD') {
      throw refused(`The SOQL FIELDS(${String(field.parameters[0])}) function is not supported in Bulk Query`);
    }
  }
  const compound = selection.columns.some(({ field }) => kindOf(field) === 'compound');
  if (compound) throw refused('Selecting compound data not supported in Bulk Query');
  const binary = selection.columns.find(({ field }) => field.type === 'base64');
  if (binary !== undefined) throw invalidField(`Binary field '${binary.field.name}' is not supported in Bulk Query`);
  return selection.columns;
}

function refused(message: string): SalesforceError {
  return new SalesforceError(400, 'API_ERROR', message);
}
