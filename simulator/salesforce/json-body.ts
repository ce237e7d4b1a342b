import { SalesforceError } from './api-error.ts';

/** The members of a JSON object in a request's body. @throws SalesforceError JSON_PARSER_ERROR */
export function readJson(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Falls through: a body that is no JSON is as bad as one that is no object.
  }
  throw new SalesforceError(400, 'JSON_PARSER_ERROR', 'The body is not a JSON object');
}
